#!/bin/sh
# Types through the chapters as a reader would, command by command, and compares what they show with what is printed.
#   docs/type-through.sh            all of them, forty minutes on an otherwise idle machine
#   docs/type-through.sh PAGE...    such as step1-downtime-deploy/README.md
# In the end it tells how many minutes each took. What was printed is in lab/target/typed.
set -eu
cd "$(dirname "$0")/.."

for page in "$@"; do
	[ -f "$page" ] || {
		echo "type-through: there is no page $page" >&2
		exit 2
	}
done
./workshop setup >/dev/null
exec ./mvnw -q -B -ntp test -pl lab -Dtest=TypedThrough -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.pages="$*"
