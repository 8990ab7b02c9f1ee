#!/bin/sh
# What the live page costs: its frame rate, its memory and the workshop's, at 200 requests per second and mode.
#   browser/bench.sh [--update-docs] [MINUTES]    10 by default; needs chromedriver and an otherwise idle machine
# --update-docs: puts the figures into the docs, too, if they can be trusted.
set -eu
cd "$(dirname "$0")"

command -v chromedriver >/dev/null || {
	echo "bench: chromedriver is missing: ./workshop test tells how to get it" >&2
	exit 2
}
update_docs=false
[ "${1:-}" != --update-docs ] || {
	update_docs=true
	shift
}
case ${1:-10} in
	*[!0-9]* | '' | 0)
		echo "bench: how many minutes? browser/bench.sh [--update-docs] [MINUTES]" >&2
		exit 2
		;;
esac
../workshop setup >/dev/null
cd ..
exec ./mvnw -q -B -ntp verify -pl browser -Dit.test=LivePageBenchmark -Dbench.minutes="${1:-10}" \
	-Dbench.update-docs="$update_docs"
