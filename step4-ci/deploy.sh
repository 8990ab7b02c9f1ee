#!/bin/sh
# Ships a version as a developer does: by a push. desk/ is her working copy.
#
#   ./deploy.sh VERSION     VERSION is a tag, a branch or a commit in desk/
#
# main becomes VERSION, "git push server main", and what the push starts is followed to its end.
# Exit status: 0 the release is live and was kept, 1 it is not, 2 wrong argument or refused (nothing was touched), 3 it is live, but
# could not be judged or not be rolled back, 4 skipped: a newer commit came meanwhile.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. ./settings.sh

version=${1:-}
case $version in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	-*) fail "unknown option $version: ./deploy.sh --help" 2 ;;
esac
[ $# -le 1 ] || fail "give exactly one version: ./deploy.sh VERSION" 2
[ -d guest-book.git ] || ./install.sh
[ -d desk ] || ./desk.sh
[ -n "$version" ] || fail "which version? usage: ./deploy.sh VERSION (there are: $(git -C desk tag | xargs))" 2
commit=$(git -C desk rev-parse --quiet --verify "$version^{commit}") ||
	fail "there is no version $version in desk/ (there are: $(git -C desk tag | xargs))" 2

# Readable in what others do with these lines: git puts "remote: " before what the server says, the probe "  | "
plain() {
	sed -u 's/^remote: //; s/ *$//; s/^  | //'
}

say "git push server $version:main"
if [ "$(git -C guest-book.git rev-parse --quiet --verify main)" = "$commit" ]; then
	# Nothing to push: git would not call the hook
	./detached.sh "runs/$commit" ./pipeline.sh "$commit" | plain
else
	git -C desk push --quiet --force server "$commit:refs/heads/main" "refs/tags/*:refs/tags/*" 2>&1 | plain
fi
[ -d "runs/$commit" ] || fail "$version did not arrive, nothing was touched"
[ -f "runs/$commit/status" ] || fail "the connection was lost; to follow it: ./detached.sh runs/$commit"
exit "$(cat "runs/$commit/status")"
