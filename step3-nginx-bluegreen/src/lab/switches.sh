#!/bin/sh
# Switches between the two groups again and again, both of them running: a deployment's most delicate moment, without
# the minutes around it. For measuring ways to switch.
#
#   ./switches.sh [COUNT [SECONDS]]     COUNT switches (default 40), SECONDS apart (default 1)
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/../../server
. lib/all.sh

count=${1:-40}
pause=${2:-1}
take_lock switches
see
reconcile
if ! is_warm "$idle"; then
	VERSION=$live_version
	export VERSION
	# shellcheck disable=SC2046 # words
	compose up --detach --no-deps --force-recreate $(instances "$idle")
	deadline=$(($(now) + READY_LIMIT))
	until see && is_warm "$idle"; do
		[ "$(now)" -lt "$deadline" ] || fail "$idle was not ready within $READY_LIMIT s"
		sleep 0.2
	done
fi
for round in $(seq "$count"); do
	switch "$idle"
	idle=$(other "$idle")
	sleep "$pause"
done
say "switched $round times"
