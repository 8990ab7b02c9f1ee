# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# Which release this is. A commit is built once, and shipped under the name of its tag, or its own.

say() {
	echo "==> $*"
}

fail() {
	echo "$(basename "$0"): $1" >&2
	exit "${2:-1}"
}

commit=$(git rev-parse HEAD)
version=$(git describe --tags --exact-match 2>/dev/null || git rev-parse --short=12 HEAD)
# Names of images have no other letters
version=$(printf %s "$version" | tr -c 'A-Za-z0-9_.-' -)
