#!/bin/sh
# Stops the application on the servers of the group that gets no requests. After that, ./rollback.sh has nothing to switch to. In a cloud,
# this is when those servers would be switched off and cost nothing any more.
#
#   ./terminate.sh
#
# Exit status: 0 it is stopped, 1 it is not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

[ "${1:-}" != --help ] || { help && exit; }
[ $# = 0 ] || fail "terminate.sh takes no argument" 2
take_lock terminate
find_live
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
drain "$idle"
for server in $(servers "$idle"); do
	on "$server" stop </dev/null || fail "$server could not be stopped: is it on?"
done
say "stopped $idle"
