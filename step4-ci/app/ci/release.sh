# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# Which release this is. A commit is built once, and shipped under the name of its tag, or its own.
#
# VERSION   its name, where the tags were not fetched

say() {
	printf '==> %s\n' "$*"
}

# fail MESSAGE [STATUS]
fail() {
	printf '%s: %s\n' "$(basename "$0")" "$1" >&2
	exit "${2:-1}"
}

commit=$(git rev-parse HEAD)
# When it was committed: a server does not ship an older one over a newer one without being told to
created=$(TZ=UTC0 git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
version=${VERSION:-$(git describe --tags --exact-match 2>/dev/null || git rev-parse --short=12 HEAD)}
# Names of images have no other letters
version=$(printf %s "$version" | tr -c 'A-Za-z0-9_.-' -)
case $version in
	[!A-Za-z0-9_]*) fail "the tag $version cannot be the name of an image: it has to begin with a letter or a digit" 2 ;;
esac
[ "${#version}" -le 100 ] || fail "the tag $version cannot be the name of a release: it has more than 100 characters" 2
