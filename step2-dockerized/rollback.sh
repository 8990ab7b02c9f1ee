#!/bin/sh
# Goes back to the release that was live before: its image is still here. Stop, start, and the same downtime once more.
#
#   ./rollback.sh
set -eu
cd "$(dirname "$0")"

# Whatever has our name now, live or broken, is what to leave
now=$(docker container inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' guest-book 2>/dev/null) || now=
previous=$(awk -v now="$now" '$2 != now { version = $2 } END { print version }' history 2>/dev/null) || previous=
if [ -z "$previous" ]; then
	echo "rollback.sh: there is nothing to go back to: no other release was live here" >&2
	exit 1
fi
echo "==> rolling back to $previous"
exec ./deploy.sh "$previous"
