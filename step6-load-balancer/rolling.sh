#!/bin/sh
# Ships a release to the servers that are live, one after the other: the cheaper way, which needs no second group.
#
#   ./rolling.sh VERSION
#
# Each server is withdrawn, drained, stopped, started with the release, and admitted again when it is ready and warm. Meanwhile
# the other ones carry all requests, and both releases answer. There is no way back but rolling again: ./rolling.sh v1
#
# Exit status: 0 the release is live on all of them, 1 it is not, 2 wrong argument (nothing was touched), 130 interrupted.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

# What ends the script between withdraw and admit: the release before, on the server that was just taken
clean_up() {
	status=$?
	trap '' INT TERM HUP
	if [ -n "$taken" ]; then
		say "starting $taken with $before again"
		if on "$taken" start "$before" </dev/null && await_ready "$taken" "$before"; then
			say "$taken is ready"
		fi
		admit "$taken"
		record "$version" failed
	fi
	exit "$status"
}

replace() {
	say "withdrawing $1"
	taken=$1
	withdraw "$1"
	drain "$1"
	say "starting $1 with $version"
	on "$1" start "$version" </dev/null || fail "$1 with $version could not be started"
	await_ready "$1" "$version" || fail "$1 with $version $problem (its log: log/app.log there)"
	warm_up "$1" || fail "$1 with $version $problem"
	admit "$1"
	taken=
	say "$1 is live with $version"
}

version=${1:-} taken=
case $version in
	-h | --help) help && exit ;;
	'' | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "which version? usage: ./rolling.sh VERSION" 2 ;;
esac
[ -f "releases/$version/app.jar" ] || fail "there is no version $version" 2
take_lock "rolling update to $version"
find_live
[ -n "$live" ] || fail "nothing is live here: ./deploy.sh VERSION"
before=$(release_of_group "$live")
[ -n "$before" ] || before=$version
are_up "$live" || fail "not all servers of $live are well, nothing was touched: the others would carry all requests"
for server in $(servers "$live"); do
	ship "$server" "$version" || fail "$server cannot be deployed onto, nothing was touched"
done
trap clean_up EXIT
trap 'fail "interrupted" 130' INT TERM HUP
for server in $(servers "$live"); do
	replace "$server"
done
record "$version" switched "group=$live"
say "$version is live"
