#!/bin/sh
# Goes back to the release before: by a switch if it is still warm, by a deploy if it is not.
#
#   ./rollback.sh
set -eu
cd "$(dirname "$0")"
exec bluegreen/rollback.sh "$@"
