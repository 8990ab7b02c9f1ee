#!/bin/sh
# Runs a command so that it outlives the connection over which it was asked for, and follows it to its end.
#
#   ./detached.sh FOLDER COMMAND...   starts it, unless it is running already; its output goes to FOLDER/log
#   ./detached.sh FOLDER              follows what runs there, or shows how it ended
#
# Exit status: the command's own; 1 if it ended without one (a reboot), if nothing was run there, or if something else is running
set -eu
folder=$1
shift

# Held as long as the command runs, and by nobody after a reboot
is_running() {
	! flock --nonblock "$folder/lock" true
}

if [ $# -gt 0 ]; then
	mkdir -p "$folder"
	if is_running; then
		[ "$*" = "$(cat "$folder/command")" ] || {
			echo "$folder: something else is running: $(cat "$folder/command")" >&2
			exit 1
		}
		echo "==> it is running already: following it"
	else
		rm -f "$folder/status"
		: >"$folder/log"
		echo "$*" >"$folder/command"
		# shellcheck disable=SC2016 # the inner shell expands
		setsid flock --close "$folder/lock" sh -c '
			folder=$1
			shift
			status=0
			"$@" || status=$?
			echo "$status" >"$folder/status.new"
			mv "$folder/status.new" "$folder/status"
		' sh "$folder" "$@" >>"$folder/log" 2>&1 </dev/null &
		echo $! >"$folder/pid"
	fi
fi
[ -f "$folder/log" ] || {
	echo "$folder: no run found" >&2
	exit 1
}
if [ ! -f "$folder/status" ] && { [ $# -gt 0 ] || is_running; }; then
	tail --lines=+1 --follow --sleep-interval=0.1 --pid="$(cat "$folder/pid")" "$folder/log"
else
	cat "$folder/log"
fi
[ -f "$folder/status" ] || {
	echo "$folder: the run ended without a result (a reboot?)" >&2
	exit 1
}
exit "$(cat "$folder/status")"
