#!/bin/sh
# Moves all requests back to the other group of servers, where the release before still runs.
#
#   ./rollback.sh
#
# Exit status: 0 the other release is live, 1 it is not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

[ "${1:-}" != --help ] || { help && exit; }
[ $# = 0 ] || fail "rollback.sh takes no argument: for another release, ./deploy.sh VERSION" 2
take_lock rollback
began=$(now_ms)
find_live
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
are_up "$idle" || fail "$idle is not warm any more, $live stays live: ./deploy.sh VERSION deploys a release again"
version=$(release_of_group "$idle")
[ -n "$version" ] || fail "the servers of $idle do not run the same release, $live stays live: ./deploy.sh VERSION"
weigh "$idle" 100 "$live" 0
say "switched to $idle with $version after $(($(now_ms) - began)) ms"
record "$version" switched "group=$idle" back=yes
drain "$live"
say "$version is live"
