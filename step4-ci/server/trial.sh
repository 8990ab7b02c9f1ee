#!/bin/sh
# Deploys a release, and takes it back when it gets the signal TERM: the probe sends that when requests are lost.
#
#   ./trial.sh VERSION FOLDER GROUP RELEASE
#
# RELEASE is live in GROUP; if it is not any more, nothing is deployed. What became of the deploy is written to FOLDER/trial:
# deployed, failed or stopped.
set -eu
cd "$(dirname "$0")"
. ./settings.sh
version=$1 found=$2 before=$3 before_release=$4

# Held until the deploy has ended; the process number is for gate.sh, in case the probe is killed
exec 8<>"$found/trial.lock"
flock 8
echo $$ >"$found/trial.lock"
trap '' PIPE

# routes_elsewhere: traffic goes to another group than before. Only nginx is asked, because it has to be quick
routes_elsewhere() {
	now=$(curl -q --noproxy '*' --silent --max-time 1 "http://$subnet.2:8082/group") && [ "$now" != "$before" ]
}

take_back() {
	trap '' TERM INT HUP
	echo stopped >"$found/trial"
	say "stopping the deploy"
	# After its switch the deploy does not hold the lock: a rollback need not wait for its end, and ends it
	if ! routes_elsewhere || ! ./back.sh "$before_release"; then
		kill "$deploy" 2>/dev/null || :
	fi
	wait "$deploy" || :
	# It may have switched before it got the signal
	if look && [ "$group" != "$before" ] && [ "$release" = "$version" ]; then
		./back.sh "$before_release" || :
	fi
	exit 1
}

echo failed >"$found/trial"
look
[ "$group $release" = "$before $before_release" ] ||
	fail "another command has made $release live meanwhile, nothing was deployed"
bluegreen/deploy.sh "$version" &
deploy=$!
trap take_back TERM INT HUP
wait "$deploy"
echo deployed >"$found/trial"
