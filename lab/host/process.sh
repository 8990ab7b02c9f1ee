# shellcheck shell=sh disable=SC2034 # other parts read these variables
# Running other programs: quietly, within a limit, and so that Ctrl-C stops them too.

JOB=main
JOBS=
CHILD=

# beside NAME COMMAND...: runs a function while this shell goes on, until join. When it fails, it has printed why; the
# signal ends this shell, and with it the other jobs (see take_lock).
beside() {
	(run_job "$@") &
	JOBS="$JOBS $!"
}

run_job() {
	JOB=$1 JOBS='' CHILD='' STEP='' SCRATCH="$SCRATCH.$1"
	shift
	trap 'trap - EXIT; stop_child; exit 143' TERM HUP
	trap '[ "$?" = 0 ] || kill -USR1 "$$"' EXIT
	"$@"
	end_step
}

join() {
	for job in $JOBS; do
		wait "$job" || exit 1
	done
	JOBS=
}

stop_jobs() {
	for job in $JOBS; do
		kill -TERM "$job" 2>/dev/null || :
	done
	for job in $JOBS; do
		wait "$job" 2>/dev/null || :
	done
	JOBS=
}

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
	# With -s, because dash does not take "kill -TERM -- -1"
	kill -s TERM -- "-$CHILD" 2>/dev/null || kill -TERM "$CHILD" 2>/dev/null || :
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
