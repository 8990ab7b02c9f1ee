#!/bin/sh
# Ships a release to the servers that are live, one after the other: this needs no second group.
#
#   ./rolling.sh VERSION
#
# Each server is taken out, drained, stopped, started with the release, and put back when it is ready and warm. Meanwhile
# the other ones carry all requests, and both releases answer. The only way back is another rolling update: ./rolling.sh v1
#
# Exit status: 0 the release is live on all of them, 1 it is not, 2 wrong argument (nothing was touched), 130 interrupted.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

# If the script ends between withdraw and admit: starts the release before on the server that was taken out
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
	say "taking $1 out"
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
	ship "$server" "$version" || fail "$version could not be copied to $server, nothing was replaced"
done
trap clean_up EXIT
trap 'fail "interrupted" 130' INT TERM HUP
for server in $(servers "$live"); do
	replace "$server"
done
record "$version" switched "group=$live"
say "$version is live"
