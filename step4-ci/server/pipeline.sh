#!/bin/sh
# Takes a commit that was pushed from here to live: one at a time, in the order they came.
#
#   ./pipeline.sh COMMIT
#
# A commit that is not main any more when its turn comes is skipped: the one after it brings all that it brought.
# Exit status: as gate.sh (0 it is live and was kept); 1 also if the build failed, 4 if it was skipped.
set -eu
cd "$(dirname "$0")"
. ./settings.sh
commit=$1

exec 9<>pipeline.lock
if ! flock --nonblock 9; then
	say "waiting for the push before: $(cat pipeline.lock)"
	flock --timeout "$WAIT_LIMIT" 9 || fail "the push before has not ended within $WAIT_LIMIT s: $(cat pipeline.lock)"
fi
newest=$(git -C guest-book.git rev-parse main)
if [ "$newest" != "$commit" ]; then
	say "skipped: main has moved on to $newest"
	exit 4
fi
echo "$commit since $(date)" >pipeline.lock

checkout=build
cleaned_up() {
	rm -rf "$checkout"
}
cleaned_up
trap cleaned_up EXIT
git clone --quiet guest-book.git "$checkout"
git -C "$checkout" checkout --quiet --detach "$commit"

# Visitors come first: the build gets what they leave of half the cores.
cores=$(nproc)
half=$((cores / 2))-$((cores - 1))
# main says what is to be live, even if that is an older commit again.
AGAIN=yes REGISTRY=${IMAGE_NAME%/*} SERVER=$(id -un)@127.0.0.1 BUILD_OPTIONS="--cpu-shares 64 --cpuset-cpus $half"
export AGAIN REGISTRY SERVER BUILD_OPTIONS
status=0
nice -n 19 taskset --cpu-list "$half" "$checkout/ci/pipeline.sh" 9>&- || status=$?
for artifact in sbom.json summary.md report.html; do
	[ ! -f "$checkout/target/$artifact" ] || cp "$checkout/target/$artifact" "runs/$commit/"
done
[ "$status" != 0 ] || ./prune.sh images 9>&- || say "old images could not be removed (see above): the next push does it"
exit "$status"
