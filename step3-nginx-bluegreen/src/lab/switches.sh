#!/bin/sh
# Switches between the two colours again and again, both of them running: a deployment's most delicate moment, without
# the minutes around it. For measuring ways to switch.
#
#   ./switches.sh [COUNT [SECONDS]]     COUNT switches (default 40), SECONDS apart (default 1)
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/../..
. ./colours.sh

count=${1:-40}
pause=${2:-1}
take_lock switches
live=$(live_colour)
next=$(other "$live")
if ! is_warm "$next"; then
	VERSION=$(version_of "$live")
	export VERSION
	compose up --detach --no-deps --force-recreate "$next-1" "$next-2"
	deadline=$(($(now) + READY_LIMIT))
	until is_warm "$next"; do
		[ "$(now)" -lt "$deadline" ] || fail "$next was not ready within $READY_LIMIT s"
		sleep 0.2
	done
fi
for round in $(seq "$count"); do
	switch "$next"
	next=$(other "$next")
	sleep "$pause"
done
say "switched $round times"
