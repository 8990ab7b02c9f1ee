#!/bin/sh
# Stops the servers of the group that gets no requests, once there is no way back to want. In a cloud, this is where they
# are switched off and stop to cost money.
#
#   ./terminate.sh
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

[ "${1:-}" != --help ] || { help && exit; }
[ $# = 0 ] || fail "terminate.sh takes nothing" 2
take_lock terminate
find_live
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
drain "$idle"
for server in $(servers "$idle"); do
	on "$server" stop </dev/null || fail "$server could not be stopped: is it on?"
done
say "stopped $idle"
