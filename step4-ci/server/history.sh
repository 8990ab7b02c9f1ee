#!/bin/sh
# Which commit is live, and what was shipped when.
#
#   ./history.sh
set -eu
cd "$(dirname "$0")"
. ./settings.sh
version=$(live version)
if [ -n "$version" ]; then
	echo "live: $version, commit $(live revision)"
else
	echo "live: nothing"
fi
[ ! -f releases.log ] || tail -n 20 releases.log
