#!/bin/sh
# Has the server ship the image, follows it to its end, and brings home what the server found: target/summary.md and
# target/report.html. The server measures, and goes back by itself if visitors are lost: it does so even when nobody
# is connected any more.
#
# SERVER   where to, such as deploy@example.org. The key is ~/.ssh/ci_key, and ~/.ssh/known_hosts knows the server.
# IMAGE    the image by its digest; by default what ci/image.sh has left in target/image.txt
set -eu
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR/..
. ci/release.sh

image=${IMAGE:-$(cat target/image.txt 2>/dev/null || :)}
[ -n "$image" ] || fail "target/image.txt is missing: ci/image.sh makes it" 2
mkdir -p target

server() {
	ssh -T -i ~/.ssh/ci_key -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=10 \
		-o ServerAliveInterval=10 -o ServerAliveCountMax=3 "${SERVER:?where to, such as deploy@example.org}" "$@" </dev/null
}

say "asking the server to ship $version"
status=0
server "deploy $version $commit $image" || status=$?
looks=0
# 255 is what ssh itself says: the connection is lost, the deploy is not
while [ "$status" = 255 ] && [ "$looks" -lt 6 ]; do
	looks=$((looks + 1))
	say "the connection is lost; looking how the deploy goes on ($looks)"
	sleep 5
	status=0
	server "follow $commit" || status=$?
done
[ "$status" != 255 ] || fail "the server cannot be reached; whether $version is live, its status command tells"
for artifact in summary.md report.html; do
	server "show $commit $artifact" >"target/$artifact" 2>/dev/null || rm -f "target/$artifact"
done
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f target/summary.md ]; then
	cat target/summary.md >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
