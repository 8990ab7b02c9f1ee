#!/bin/sh
# Rolls back to the release before: by a switch if it is still warm, by a deploy if it is not.
#
#   ./rollback.sh [VERSION]     or to VERSION, which was live here once
set -eu
cd "$(dirname "$0")"
exec ./back.sh "$@"
