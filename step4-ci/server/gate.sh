#!/bin/sh
# Ships an image while the probe plays visitors, and lets it stay only if they lose nothing.
#
#   ./gate.sh VERSION COMMIT IMAGE
#
# As soon as more than MAX_DROPPED requests are lost, the deploy is told to go back (trial.sh). Leaves summary.md,
# report.html and report.json in deploys/COMMIT, and a line in releases.log.
# Exit status: 0 the release is live, and lost nobody; 1 it is not live; 3 it is live, but the probe cannot tell
set -eu
cd "$(dirname "$0")"
. ./settings.sh
version=$1 commit=$2 image=$3
found=deploys/$commit

# The last line of history is what counts: which commit, and what became of it
record() {
	printf '%s %s %s %s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$version" "$commit" "${image##*@}" "$1" >>releases.log
}

mkdir -p "$found"
rm -f "$found"/summary.md "$found"/report.*
say "pulling $image"
problem=$(docker pull --quiet "$image" 2>&1) ||
	fail "the image cannot be pulled, nothing was touched: $(echo "$problem" | tail -n 1)"
docker tag "$image" "bluegreen/guest-book:$version"

before=$(live version)
if [ -z "$before" ]; then
	bluegreen/deploy.sh "$version"
	echo "**$version is live, the first release here: there was nobody to lose**" >"$found/summary.md"
	record live
	exit
fi
HTTP_PORT=80
# shellcheck source=/dev/null
[ ! -f bluegreen/settings.sh ] || . ./bluegreen/settings.sh
status=0
java -XX:TieredStopAtLevel=1 -jar probe.jar run --url "http://127.0.0.1:$HTTP_PORT/" --rate "$GATE_RATE" \
	--max-dropped "$MAX_DROPPED" --max-p99 "$MAX_P99" --fail-fast \
	--markdown "$found/summary.md" --html "$found/report.html" --json "$found/report.json" \
	-- ./trial.sh "$version" || status=$?
now_live=$(live version)
if [ "$status" = 0 ] && [ "$now_live" = "$version" ]; then
	record live
	say "$version stays"
	exit
fi
if [ "$status" = 3 ] && [ "$now_live" = "$version" ]; then
	record unproven
	fail "$version is live, but the probe cannot tell whether anybody was lost" 3
fi
# Lost too many, or too slow, and seen only in the end
if [ "$now_live" = "$version" ] && [ "$version" != "$before" ]; then
	bluegreen/rollback.sh || :
	now_live=$(live version)
fi
record failed
fail "$version did not stay: $now_live is live"
