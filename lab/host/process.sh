# shellcheck shell=sh
# Running other programs: quietly, within a limit, and so that Ctrl-C stops them too.

CHILD=

# logged NAME COMMAND...: runs a program with its output in a log, whose path is left in LOG.
logged() {
	start "$@"
	finish
}

start() {
	LOG="$LOGS/$1.log"
	shift
	mkdir -p "$LOGS"
	# A group of its own lets stop_child reach the grandchildren; macOS has no setsid, and there TERM is passed on.
	if command -v setsid >/dev/null 2>&1; then
		setsid "$@" >"$LOG" 2>&1 </dev/null &
	else
		"$@" >"$LOG" 2>&1 </dev/null &
	fi
	CHILD=$!
}

finish() {
	finished=0
	wait "$CHILD" || finished=$?
	CHILD=
	return "$finished"
}

stop_child() {
	[ -n "$CHILD" ] || return 0
	kill -TERM -- "-$CHILD" 2>/dev/null || kill -TERM "$CHILD" 2>/dev/null || :
	wait "$CHILD" 2>/dev/null || :
	CHILD=
}

# within SECONDS COMMAND...: stops the command when it takes longer. macOS has no timeout(1).
within() {
	(
		limit=$1
		shift
		"$@" &
		command=$!
		(
			sleep "$limit" &
			nap=$!
			trap 'kill "$nap"' TERM
			wait "$nap" && kill "$command"
		) >/dev/null 2>&1 &
		watchdog=$!
		status=0
		wait "$command" || status=$?
		kill "$watchdog" 2>/dev/null || :
		exit "$status"
	)
}

sha256() {
	if command -v sha256sum >/dev/null 2>&1; then
		sha256sum "$@"
	else
		shasum -a 256 "$@"
	fi
}
