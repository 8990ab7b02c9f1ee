# shellcheck shell=sh disable=SC2034 # other parts read these variables
# What a person sees. Progress and errors go to stderr: stdout is for results that other programs read.

if [ -t 1 ] && [ -t 2 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
	COLOR=yes BOLD=$(printf '\033[1m') RED=$(printf '\033[31m') GREEN=$(printf '\033[32m') PLAIN=$(printf '\033[0m')
else
	COLOR='' BOLD='' RED='' GREEN='' PLAIN=''
fi
# Back to the begin of the line, and nothing on it: what shows the running steps there (see progress.sh) is written again
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
	CLEAR=$(printf '\r\033[K')
else
	CLEAR=
fi

say() {
	printf '%s%s==>%s %s\n' "$CLEAR" "$BOLD" "$PLAIN" "$*" >&2
}

# The one line of an error: what is wrong, and what to do.
complain() {
	printf '%s%sworkshop:%s %s\n' "$CLEAR" "$RED" "$PLAIN" "$*" >&2
}

die() {
	complain "$@"
	exit 1
}

usage_error() {
	complain "$@"
	exit 2
}

# failed LOG MESSAGE: the lines of a log that matter, then the error and where the rest is.
failed() {
	[ -z "$STEP" ] || STEP="$STEP failed"
	end_step
	if grep -q ERROR "$1"; then
		grep ERROR "$1" | head -n 6 | sed 's/^/    /' >&2
	else
		tail -n 6 "$1" | sed 's/^/    /' >&2
	fi
	die "$2 (log: $1)"
}
