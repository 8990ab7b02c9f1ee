#!/bin/sh
# Ships an image while the probe sends requests, and keeps it only if the new release loses none of them.
#
#   ./gate.sh VERSION COMMIT IMAGE [again]
#
# IMAGE is given by its digest, and has to say by its labels that it is VERSION, made of COMMIT. A commit that is older than the
# one that is live is refused, unless the word "again" is given. Both are checked before anything is touched.
# From the switch on, more than MAX_DROPPED lost requests end the deploy and roll it back (trial.sh). What was lost before the switch is
# reported, and not held against the new release. Where nothing is live yet, there is nothing to compare with: it is shipped without
# the probe. Leaves summary.md, report.html and report.json in deploys/COMMIT, and a line in releases.log.
# Exit status: 0 the release is live and was kept, 1 its deploy failed or was rolled back, 2 refused (nothing was touched), 3 it is
# live, but could not be judged or not be rolled back, 4 skipped: a newer commit is live (nothing was touched).
set -eu
cd "$(dirname "$0")"
. ./settings.sh
[ $# = 3 ] || [ "$*" = "${1-} ${2-} ${3-} again" ] || fail "usage: ./gate.sh VERSION COMMIT IMAGE [again]" 2
version=$1 commit=$2 image=$3 again=${4:-}
found=deploys/$commit
# shellcheck disable=SC1091,SC2153 # stage 3's
name=$(cd bluegreen && . lib/all.sh && echo "$IMAGE"):$version

# conclude RESULT MESSAGE [STATUS]: the end of a deploy that was begun
conclude() {
	printf '\n**%s**\n' "$2" >>"$found/summary.md"
	record "$version" "$commit" "${image##*@}" "$1"
	[ "$1" != unproven ] || has=needed
	[ "${3:-0}" != 0 ] || {
		say "$2"
		./prune.sh folders 9>&- || say "the folders of old releases could not be removed (see above)"
		exit
	}
	fail "$2" "$3"
}

# refuse MESSAGE [STATUS]: before anything was touched
refuse() {
	printf '**%s: %s**\n' "$version was refused" "$1" >"$found/summary.md"
	fail "$1; nothing was touched" "${2:-2}"
}

# Seconds since 1970; an error if it is no date
seconds() {
	[ -n "$1" ] && date -d "$1" +%s 2>/dev/null
}

# check_identity: the image is what it is called
check_identity() {
	is=$(label "$image" version) of=$(label "$image" revision) made=$(label "$image" created)
	if [ -z "$is" ] || [ -z "$of" ] || [ -z "$made" ]; then
		refuse "the image has to say what it is: set the labels org.opencontainers.image.version (it has '$is'), .revision ('$of') and .created ('$made', the time of the commit) when you build it, as ci/image.sh does"
	fi
	[ "$is $of" = "$version $commit" ] ||
		refuse "the image says that it is $is of commit $of, and not $version of commit $commit: ship it under its own name, or build the commit again"
	age=$(seconds "$made") || refuse "the image's label org.opencontainers.image.created is not a date: $made"
	id=$(docker image inspect --format '{{.Id}}' "$image")
	has=$(docker image inspect --format '{{.Id}}' "$name" 2>/dev/null) || has=
	[ -z "$has" ] || [ "$has" = "$id" ] ||
		refuse "$version is the name of another image on this server (commit $(label "$name" revision)): give this commit a tag of its own (git tag), or remove that name if nobody will roll back to it (docker image rm $name)"
}

# know_what_is_live: a gate that was killed could not write it down
know_what_is_live() {
	[ -n "$release" ] && [ -f releases.log ] || return 0
	! grep -q -e " $release .* live\$" -e " $release .* unproven\$" -e " $release .* rollback\$" releases.log || return 0
	say "releases.log did not know yet that $release went live"
	record "$release" "$(label "$running" revision)" "$running" unproven
}

# may_stay: the name was here before, for a release that was live and was not rolled back. Else a gate that was killed has left it
may_stay() {
	# shellcheck disable=SC1091,SC2153 # stage 3's
	[ -n "$has" ] && (cd bluegreen && . lib/all.sh && was_live "$version" && ! was_left "$version")
}

# check_order: an old run does not replace what came after it
check_order() {
	[ -n "$running" ] && [ "$again" != again ] && live_age=$(seconds "$(label "$running" created)") || return 0
	[ "$age" -ge "$live_age" ] ||
		refuse "skipped: commit $commit is older than $release, which is live (commit $(label "$running" revision)). To ship it all the same: AGAIN=yes ci/ship.sh; to go back: rollback $version" 4
}

trial_runs() {
	[ -e "$found/trial.lock" ] && ! flock --nonblock "$found/trial.lock" true
}

# interrupted: the release has no verdict, so it is not kept. The trial takes it back, and the probe ends with the trial
# shellcheck disable=SC2317,SC2329 # the trap calls it
interrupted() {
	trap '' INT TERM HUP
	ended="the gate was told to end"
	say "$ended: stopping the deploy"
	if trial_runs; then
		kill -TERM "$(cat "$found/trial.lock")" 2>/dev/null || :
	else
		kill -TERM "$probe" 2>/dev/null || :
	fi
}

# await_probe: a signal interrupts the wait, not the probe
await_probe() {
	while :; do
		status=0
		wait "$probe" || status=$?
		kill -0 "$probe" 2>/dev/null || return 0
	done
}

# stop_trial: it has ended before the probe, unless that was killed
stop_trial() {
	trial_runs || return 0
	ended="the probe ended with status $status before the deploy"
	say "$ended: stopping the deploy"
	kill -TERM "$(cat "$found/trial.lock")" 2>/dev/null || :
	flock --timeout 300 "$found/trial.lock" true ||
		conclude unproven "$ended, and the deploy has not ended within 300 s after it was stopped" 3
}

# why: what the release is not kept for
why() {
	if [ -n "$ended" ]; then
		echo "$ended"
	elif [ "$trial" = stopped ]; then
		echo "more than $MAX_DROPPED requests were lost"
	elif [ "$trial" = deployed ]; then
		echo "more than $MAX_DROPPED requests were lost, or its p99 was above $MAX_P99"
	else
		tail -n "+$((history + 1))" bluegreen/history | awk -v version="$version" '
			$3 == version && $4 == "rolled-back" && $5 ~ /^reason=/ { gsub("_", " ", $5); reason = "the deploy rolled it back (" substr($5, 8) ")"; exit }
			$3 == version && $4 == "rolled-back" { reason = $2 " rolled it back"; exit }
			END { print reason ? reason : "its deploy failed" }'
	fi
}

mkdir -p "$found"
for file in probe.jar "$GATE_REQUESTS"; do
	[ -f "$file" ] || refuse "$file is not in $(pwd)"
done
command -v java >/dev/null || refuse "there is no java for the probe: install a JRE"
exec 9<>gate.lock
flock --nonblock 9 || {
	say "waiting for the deploy before: $(cat gate.lock)"
	flock --timeout "$WAIT_LIMIT" 9 || refuse "the deploy before has not ended within $WAIT_LIMIT s: $(cat gate.lock)"
}
echo "$version, commit $commit" >gate.lock
rm -f "$found"/summary.md "$found"/report.* "$found"/trial
say "pulling $image"
problem=$(docker pull --quiet "$image" 2>&1 9>&-) ||
	refuse "the image cannot be pulled: $(printf '%s\n' "$problem" | tail -n 1)"
check_identity
look || refuse "it cannot be read what is live (see above)"
check_order
know_what_is_live
before=$group before_release=$release
touch bluegreen/history
history=$(wc -l <bluegreen/history)

# The name is for the deploy, and for a rollback to what was live
may_stay || has=
docker tag "$image" "$name"
# Its name by digest goes: with a second name, the layers would stay when the release is removed by its first
docker image rm "$image" >/dev/null || :
# shellcheck disable=SC2317,SC2329 # the trap calls it
forget_name() {
	[ -n "$has" ] || [ "${release:-}" = "$version" ] || docker image rm "$name" >/dev/null || :
}
trap forget_name EXIT

if [ -z "$before" ]; then
	bluegreen/deploy.sh "$version" 9>&- || {
		look || conclude unproven "the deploy failed, and it cannot be read what is live" 3
		[ "$release" != "$version" ] || conclude unproven "$version is live, although its deploy failed (see above)" 3
		conclude failed "$version is not live: its deploy failed; nothing was live before" 1
	}
	release=$version
	conclude live "$version is live; there was no live release to compare with"
fi
# By its own session: Ctrl-C is for the gate, which has things put right. The lock stays with it, should the gate be killed
ended=
setsid java -Xmx128m -XX:TieredStopAtLevel=1 -jar probe.jar run --url "${GATE_URL:-http://127.0.0.1:$port}" --insecure --requests "$GATE_REQUESTS" \
	--rate "$GATE_RATE" --warmup 1s --baseline 1s --settle 1s --settle-limit 5s --timeout "$GATE_TIMEOUT" --judge-from 'switched to ' --max-dropped "$MAX_DROPPED" --max-p99 "$MAX_P99" --fail-fast \
	--markdown "$found/summary.md" --html "$found/report.html" --json "$found/report.json" \
	-- ./trial.sh "$version" "$found" "$before" "$before_release" &
probe=$!
trap interrupted INT TERM HUP
await_probe
trap '' INT TERM HUP
stop_trial
[ -f "$found/trial" ] || refuse "${ended:-the probe did not begin (status $status, see above)}"
trial=$(cat "$found/trial")
look || conclude unproven "it cannot be read what is live (see above); before it was $before_release" 3
case $status:$trial${ended:+:ended} in
	0:deployed)
		[ "$release" = "$version" ] || conclude live "$version was live and was kept; by now $release is live"
		conclude live "$version is kept"
		;;
	3:deployed)
		[ "$release" != "$version" ] ||
			conclude unproven "$version is live, but the probe could not judge it" 3
		;;
esac
reason=$(why)
# Seen only when the deploy had ended
if [ "$trial" != failed ] && [ "$group" != "$before" ] && [ "$release" = "$version" ]; then
	./back.sh "$before_release" 9>&- || :
	look || conclude unproven "it cannot be read what is live (see above); before it was $before_release" 3
fi
[ "$release" = "$version" ] || conclude failed "$version is not live: $reason; $release is live" 1
[ "$group" != "$before" ] || conclude failed "$version was live before, and is as it was: its new deploy was ended, because $reason" 1
conclude unproven "$version is live and was not rolled back (see above), although $reason" 3
