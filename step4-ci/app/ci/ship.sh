#!/bin/sh
# Has the server ship the image, follows it to its end, and fetches what the server found: target/summary.md and
# target/report.html. The server measures, and rolls back by itself if requests are lost, also when nobody is connected any more.
#
# SERVER   where to, such as deploy@example.org. The key is ~/.ssh/ci_key, and ~/.ssh/known_hosts knows the server.
# IMAGE    the image by its digest; by default what ci/image.sh has left in target/image.txt
# AGAIN    yes: also if a newer commit is live
#
# Exit status: 0 the release is live and was kept, 1 its deploy failed or was rolled back, 2 refused (nothing was touched), 3 it is
# live, but could not be judged or not be rolled back, 4 skipped: a newer commit is live; 255 the server cannot be reached
set -eu
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR/..
. ci/release.sh

image=${IMAGE:-$(cat target/image.txt 2>/dev/null || :)}
[ -n "$image" ] || fail "target/image.txt not found: run ci/image.sh" 2
mkdir -p target

server() {
	ssh -T -i ~/.ssh/ci_key -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=10 \
		-o ServerAliveInterval=10 -o ServerAliveCountMax=3 "${SERVER:?where to, such as deploy@example.org}" "$@" </dev/null
}

# Something harmless first: where no connection can be made, none is lost later
status=0
server history >/dev/null 2>target/ssh.log || status=$?
# 255 is what ssh itself says
[ "$status" != 255 ] || fail "cannot connect to $SERVER, nothing was shipped: $(tr -d '\r' <target/ssh.log | paste -s -d ' ' -)" 255
say "asking the server to ship $version"
status=0
server "deploy $version $commit $image${AGAIN:+ again}" || status=$?
looks=0
# The connection is lost, the deploy is not
while [ "$status" = 255 ] && [ "$looks" -lt 6 ]; do
	looks=$((looks + 1))
	say "the connection is lost; connecting again to follow the deploy ($looks)"
	sleep 5
	status=0
	server "follow $commit" || status=$?
done
[ "$status" != 255 ] || fail "the connection is lost, and what became of $version is not known: ssh $SERVER follow $commit" 255
for artifact in summary.md report.html; do
	server "show $commit $artifact" >"target/$artifact" 2>/dev/null || rm -f "target/$artifact"
done
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f target/summary.md ]; then
	cat target/summary.md >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
