#!/bin/sh
# From commit to live, where no CI service calls the steps one by one. Ends with how long each has taken.
#
# Exit status: 0 the release is live and was kept, 1 the build failed, else that of ci/ship.sh
set -eu
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR/..
. ci/release.sh

now() {
	date +%s%3N
}

seconds() {
	echo "$1" | awk '{ printf "%.1f s", $1 / 1000 }'
}

began=$(now)
taken=
for step in build image ship; do
	step_began=$(now)
	"ci/$step.sh" || {
		status=$?
		# What became of it, the server has said
		[ "$step" = ship ] && exit "$status"
		fail "$version was not shipped: $step failed"
	}
	taken="$taken, $step $(seconds $(($(now) - step_began)))"
done
say "from commit to live: $(seconds $(($(now) - began)))$(echo "$taken" | sed 's/^,/ =/; s/,/ +/g')"
