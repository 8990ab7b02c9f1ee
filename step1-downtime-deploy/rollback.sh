#!/bin/sh
# Goes back to the release that was live before: stop, start, and the same downtime once more.
#
#   ./rollback.sh
set -eu
cd "$(dirname "$0")"

previous=$(readlink previous || true)
if [ -z "$previous" ] || [ "$previous" = "$(readlink current || true)" ]; then
	echo "rollback.sh: there is nothing to go back to: no other release was live here" >&2
	exit 1
fi
version=$(basename "$previous")
echo "==> rolling back to $version"
exec ./deploy.sh "$version"
