#!/bin/sh
# Deploys a release, and takes it back when it gets the signal TERM: the probe sends that when requests are lost.
#
#   ./trial.sh VERSION FOLDER GROUP RELEASE
#
# GROUP and RELEASE were live before. What becomes of the deploy is written to FOLDER/trial: deployed, failed or stopped.
set -eu
cd "$(dirname "$0")"
. ./settings.sh
version=$1 found=$2 before=$3 before_release=$4

# Held until the deploy has ended; the process number is for gate.sh, in case the probe is killed
exec 8<>"$found/trial.lock"
flock 8
echo $$ >"$found/trial.lock"
trap '' PIPE

# Traffic goes to another group than before, and that is this deploy's doing
has_switched() {
	look && [ "$group" != "$before" ] && [ "$release" = "$version" ]
}

take_back() {
	trap '' TERM INT HUP
	echo stopped >"$found/trial"
	say "stopping the deploy"
	# After its switch a deploy does not hold the lock: a rollback need not wait for its end, and ends it
	if ! has_switched || ! ./back.sh "$before_release"; then
		kill "$deploy" 2>/dev/null || :
	fi
	wait "$deploy" || :
	! has_switched || ./back.sh "$before_release" || :
	exit 1
}

echo failed >"$found/trial"
bluegreen/deploy.sh "$version" &
deploy=$!
trap take_back TERM INT HUP
wait "$deploy"
echo deployed >"$found/trial"
