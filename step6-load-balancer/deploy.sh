#!/bin/sh
# Ships a release to the group of servers that gets no requests, and moves the requests there by weights.
#
#   ./deploy.sh VERSION      ships releases/VERSION/app.jar, which is beside this script on the load balancer
#
# The servers of the other group keep running with the release before: ./rollback.sh moves the requests back within a second,
# until the next deploy uses those servers, or ./terminate.sh stops them. With CANARY=10 the new group first gets 10 percent of the
# requests for CANARY_TIME seconds, and none any more if it fails more than CANARY_MAX of them. Settings: settings.sh.
#
# Lines that begin with "==> " say what happens, as it happens. Killed at any point, it loses no request: the next command
# puts things right.
# Exit status: 0 the release is live, 1 it is not, 2 wrong argument (nothing was touched), 130 interrupted.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

# Copies the release to the servers of the idle group. What runs there is still the way back, until start_idle stops it
ship_to_idle() {
	[ "$(in_flight "$idle")" = 0 ] || drain "$idle"
	for server in $(servers "$idle"); do
		ship "$server" "$version" || fail "$version could not be copied to $server, ${live:-nothing} was, and is, live"
	done
}

start_idle() {
	say "starting $idle with $version"
	stage=started
	for server in $(servers "$idle"); do
		on "$server" start "$version" </dev/null || give_up "$server" "could not be started"
	done
	for server in $(servers "$idle"); do
		await_ready "$server" "$version" || give_up "$server" "$problem"
	done
	say "$idle is ready"
	asking=
	for server in $(servers "$idle"); do
		# A copy of the shell, and with it of the lock
		(warm_up "$server" 9>&-) &
		asking="$asking $server=$!"
	done
	for each in $asking; do
		wait "${each#*=}" || give_up "${each%=*}" "does not answer"
	done
	say "$idle is warm"
}

# A part of the requests first. The load balancer counts the failed requests of each server.
canary() {
	[ -n "$live" ] && [ "$CANARY" != 0 ] || return 0
	see
	before=$(errors_of "$idle")
	weigh "$live" $((100 - CANARY)) "$idle" "$CANARY"
	stage=canary
	say "$idle has $CANARY % of the requests for $CANARY_TIME s"
	deadline=$(($(now) + CANARY_TIME))
	while [ "$(now)" -lt "$deadline" ]; do
		sleep 0.5
		see
		failed=$(($(errors_of "$idle") - before))
		[ "$failed" -le "$CANARY_MAX" ] || give_up "$idle" "failed $failed requests (CANARY_MAX=$CANARY_MAX)"
		are_up "$idle" || give_up "$idle" "is not ready any more"
	done
}

# give_up SERVER WHY
give_up() {
	fail "$1 with $version $2 (its log: log/app.log there); ${live:-nothing} was, and is, live"
}

# Whatever ends the script before the switch: the release before gets all requests, and what was started is stopped
clean_up() {
	status=$?
	trap '' INT TERM HUP
	if [ "$stage" = canary ]; then
		weigh "$live" 100 "$idle" 0
		say "all requests go to $live again"
		drain "$idle"
	fi
	if [ "$stage" = started ] || [ "$stage" = canary ]; then
		for server in $(servers "$idle"); do
			on "$server" stop </dev/null || :
		done
		record "$version" failed
	fi
	exit "$status"
}

version=${1:-} stage=begun
versions=$(cd releases 2>/dev/null && echo *) || versions=none
case $version in
	-h | --help) help && exit ;;
	'') fail "which version? usage: ./deploy.sh VERSION (there are: $versions)" 2 ;;
	[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version (there are: $versions)" 2 ;;
esac
[ $# = 1 ] || fail "give exactly one version: ./deploy.sh VERSION" 2
[ -f "releases/$version/app.jar" ] || fail "there is no version $version (there are: $versions)" 2

take_lock "deploy of $version"
find_live
trap clean_up EXIT
trap 'fail "interrupted" 130' INT TERM HUP
ship_to_idle
start_idle
canary
# A signal has to wait until the history has it
trap '' INT TERM HUP
weigh "$idle" 100 "$(other "$idle")" 0
stage=switched
say "switched to $idle"
record "$version" switched "group=$idle"
trap 'fail "interrupted: $version is live" 130' INT TERM HUP
if [ -n "$live" ]; then
	drain "$live"
	say "$live stays warm: ./rollback.sh moves the requests back"
fi
record "$version" kept
say "$version is live"
