#!/bin/sh
# Rolls back, and writes into releases.log what is live since then.
#
#   ./back.sh [VERSION]     as bluegreen/rollback.sh
#
# Exit status: 0 the other release is live, 1 it is not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"
. ./settings.sh
bluegreen/rollback.sh "$@"
look
record "$release" "$(label "$running" revision)" "$running" rollback
