#!/bin/sh
# Rolls back: by a switch if the release before is still warm, by a deploy if it is not.
#
#   ./rollback.sh            to the release that was live before the present one, or, where that was the same one deployed again
#                            and its group is still warm, to that group. A second time goes further back; what was rolled back
#                            once is not gone to again
#   ./rollback.sh VERSION    to that release, which was live here once
#   ./rollback.sh --list     the releases that were live here, the last one first
#
# Exit status: 0 the other release is live, 1 it is not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

wanted=
[ $# -le 1 ] || fail "give at most one version: ./rollback.sh [VERSION]" 2
case ${1:-} in
	'') ;;
	-h | --help) help && exit ;;
	--list)
		check_server
		look_up
		list_history "$live_version" "$(next_back)"
		exit
		;;
	-*) fail "unknown option $1: ./rollback.sh --help" 2 ;;
	*)
		wanted=$1
		was_live "$wanted" || fail "$wanted was never live here: ./rollback.sh --list shows what was, ./deploy.sh ships a new one" 2
		;;
esac
needs_no_space=yes
take_lock rollback
check_server
reconcile
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
[ -n "$wanted" ] || wanted=$(next_back)
[ -n "$wanted" ] || fail "there is nothing to roll back to: no other release was live here that was not rolled back (./rollback.sh --list)"
barred=$(why_barred "$wanted")
[ -z "$barred" ] || fail "$wanted cannot run any more, nothing was touched: $barred (no-way-back)"
[ "$wanted" != "$live_version" ] || [ "$(next_back)" = "$wanted" ] || fail "$wanted is live already"

if is_way_back "$wanted" && is_warm "$idle"; then
	phase switch
	say "switching back to $idle with $wanted"
	# In this order: killed anywhere between, what is live and what is on top of the history are the same (reconcile)
	record "$live_version" rolled-back
	switch "$idle"
	record "$wanted" switched "group=$idle" "image=$(image_of "$idle")" back=yes
	phase drain
	say "$wanted is live, switched in$phases"
	come_first "$idle" || say "$idle cannot get all cores: $problem"
	drain "$live"
	stop "$live"
	phase end
	record "$wanted" kept "$phases"
	exit
fi
remove_left_behind
say "$wanted is not warm any more: deploying it"
release_lock
exec ./deploy.sh --rollback "$wanted"
