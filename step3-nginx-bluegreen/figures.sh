#!/bin/sh
# What deploys on this server took, and how soon a rollback has switched. Two releases have to be on it.
#
#   ./figures.sh     ships the release that was live before, and goes back while that is still warm
#
# In the end the same release is live as before.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

deploy=''
cleaned_up() {
	[ -z "$deploy" ] || kill "$deploy" 2>/dev/null || :
	rm -f figures.log
}
trap cleaned_up EXIT
trap 'exit 130' INT TERM HUP

# One line: what it is, and how much
row() {
	printf '%-58s %s\n' "$1" "$2"
}

# of_phases LINE: each phase of a line of the history in seconds, and how long all took beside those that must be
of_phases() {
	echo "$1" | awk '
		{
			for (i = 5; i <= NF; i++) { split($i, part, "="); sub("ms", "", part[2]); ms[part[1]] = part[2] }
			order = "load boot warm-up switch drain bake stop"
			count = split(order, names, " ")
			for (i = 1; i <= count; i++) {
				printf "%s%s %.1f s", (i > 1) ? ", " : "", names[i], ms[names[i]] / 1000
				if (names[i] != "bake") total += ms[names[i]]
			}
			printf "\n%.2f\n%.2f\n", total / (ms["boot"] + ms["drain"]), total / (ms["boot"] + ms["warm-up"] + ms["drain"])
		}'
}

[ "$BAKE" -ge 5 ] || fail "a bake time of $BAKE s is too short to go back in"
look_up
before=$(release_before "$live_version")
[ -n "$before" ] || fail "no other release was live here: ./deploy.sh VERSION, then this"
last=$(grep " $live_version kept " history | tail -n 1)
of_phases "$last" | {
	read -r phases
	read -r bare
	read -r warmed
	row "the last deploy" "$phases"
	row "all but bake, as a multiple of boot + drain" "$bare"
	row "all but bake, as a multiple of boot + warm-up + drain" "$warmed"
}

: >figures.log
./deploy.sh "$before" >figures.log 2>&1 &
deploy=$!
waited=0
until grep -q 'stays warm' figures.log; do
	[ "$waited" -lt "$READY_LIMIT" ] || fail "$before is not live within $READY_LIMIT s: $(tail -n 1 figures.log)"
	sleep 1
	waited=$((waited + 1))
done
# Not in one pipe: there a rollback that fails would go unnoticed
rollback=$(./rollback.sh)
row "a rollback has switched after" "$(echo "$rollback" | sed -n 's/.*switched in switch=//p')"
wait "$deploy" || :
deploy=''
