#!/bin/sh
# Which commit is live, and what was shipped when.
#
#   ./history.sh
set -eu
cd "$(dirname "$0")"
. ./settings.sh
look
if [ -n "$group" ]; then
	commit=$(label "$running" revision)
	echo "live: ${release:-a release that history does not know}, commit ${commit:-unknown}"
else
	echo "live: nothing"
fi
[ ! -f releases.log ] || tail -n 20 releases.log
