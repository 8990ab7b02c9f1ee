#!/bin/sh
# Shows for each server: its weight, the result of the load balancer's health check, the requests in flight, the failed requests
# since HAProxy was started, and the release that answers there. Touches nothing.
#
#   ./status.sh
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

[ "${1:-}" != --help ] || { help && exit; }
see
echo "$seen" | while read -r server weight count errors state; do
	release=$(release_of "$server")
	printf '%-8s weight %-4s %-6s %3s in flight %3s errors  %s\n' "$server" "$weight" "$state" "$count" "$errors" "${release:--}"
done
