#!/bin/sh
# Goes back to the release that was live before: by a switch if it is still warm, by a deploy if it is not.
#
#   ./rollback.sh
set -eu
cd "$(dirname "$0")"
. ./colours.sh

case ${1:-} in
	'') ;;
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	*) fail "it takes no argument: it goes back to what was live before" 2 ;;
esac
take_lock rollback
live=$(live_colour) || exit 1
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
now_live=$(version_of "$live")
warm=$(other "$live")
if is_warm "$warm"; then
	version=$(version_of "$warm")
	say "switching back to $warm with $version"
	phase switch
	come_first "$warm"
	switch "$warm"
	phase drain
	say "switched in$phases"
	drain
	phase stop
	stop "$live"
	record rollback
	say "$version is live"
	exit
fi
version=$(version_before "$now_live")
[ -n "$version" ] || fail "there is nothing to go back to: no other release was live here"
say "$warm is not warm any more: deploying $version"
release_lock
exec ./deploy.sh "$version"
