#!/bin/sh
# Switches between the two groups again and again, both of them running: for measuring ways to switch.
#
#   ./switches.sh [COUNT [SECONDS]]     COUNT switches (default 40), SECONDS apart (default 1)
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/../../server
. lib/all.sh

count=${1:-40}
pause=${2:-1}
take_lock switches
find_live
[ -n "$live" ] || fail "nothing is live here"
are_up "$idle" || fail "$idle is not up: ./deploy.sh VERSION first"
for round in $(seq "$count"); do
	weigh "$idle" 100 "$(other "$idle")" 0
	idle=$(other "$idle")
	sleep "$pause"
done
say "switched $round times"
