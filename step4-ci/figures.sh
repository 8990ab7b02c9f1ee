#!/bin/sh
# How long the last push took from commit to live; and what becomes of a release that turns bad after the switch.
#
#   ./figures.sh
#
# In the end the same release is live as before.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. ./settings.sh

# One line: what it is, and how much
row() {
	printf '%-34s %s\n' "$1" "$2"
}

look
last=$(label "$running" revision)
[ -f "runs/$last/log" ] || fail "what is live here did not come by a push: ./deploy.sh VERSION"
row "from commit to live" "$(sed -n 's/^==> from commit to live: //p' "runs/$last/log")"

git -C desk checkout --quiet --detach "$last"
git -C desk apply ../turns-bad.patch
git -C desk commit --quiet --all --message "Count visitors"
bad=$(git -C desk rev-parse HEAD)
if ./deploy.sh "$bad" >figures.log 2>&1; then
	fail "the release that turns bad was kept: figures.log"
fi
look
[ "$(label "$running" revision)" = "$last" ] || fail "another release is live than before: figures.log"
row "a release that turns bad: lost" "$(sed -n 's/^\*\*\(.*\) requests lost\*\*.*/\1/p' "deploys/$bad/summary.md") requests of the gate's $GATE_RATE/s and mode"
row "  from the first to the last" "$(awk -F ' *[|] *' '/^[|] (fresh|keep-alive) / && $5 + 0 > longest + 0 { longest = $5 } END { print longest }' "deploys/$bad/summary.md")"
row "  of this the switch back took" "$(sed -n 's/.*switched in switch=//p' "deploys/$bad/log" | head -n 1)"
