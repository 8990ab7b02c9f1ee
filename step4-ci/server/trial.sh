#!/bin/sh
# Deploys, and goes back when it is told to end: the probe does that when visitors are lost.
#
#   ./trial.sh VERSION
set -eu
cd "$(dirname "$0")"
. ./settings.sh
version=$1
deploy=

go_back() {
	trap '' TERM INT HUP
	say "told to end: going back"
	# Ended at any point it loses nobody; and it holds the lock
	kill "$deploy" 2>/dev/null || :
	wait "$deploy" || :
	if [ "$(live version)" = "$version" ]; then
		bluegreen/rollback.sh
	fi
	exit 1
}

trap go_back TERM INT HUP
bluegreen/deploy.sh "$version" &
deploy=$!
wait "$deploy"
