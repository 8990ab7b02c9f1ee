#!/bin/sh
# Prints how soon a rollback has switched: it does ten of them, back and forth between the two groups, which both have to be warm.
#
#   ./figures.sh
#
# Afterwards the same release is live as before.
set -eu
cd "$(dirname "$0")"

ms=$(for _ in 1 2 3 4 5 6 7 8 9 10; do
	./rollback.sh | sed -n 's/.* after \([0-9]*\) ms$/\1/p'
done | sort -n)
echo "$ms" | awk '
	{ at[NR] = $1 }
	END {
		if (NR != 10) exit 1
		printf "%-46s %d ms\n%-46s %d ms\n", "of ten rollbacks, the median has switched after", (at[5] + at[6]) / 2, "the slowest", at[10]
	}'
