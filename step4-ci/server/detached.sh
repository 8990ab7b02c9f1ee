#!/bin/sh
# Runs a command so that it outlives the connection over which it was asked for, and follows it to its end.
#
#   ./detached.sh FOLDER COMMAND...   begins it; its output goes to FOLDER/log
#   ./detached.sh FOLDER              follows what runs there, or tells how it ended
#
# Exit status: the command's own; 1 if it was cut off, by a reboot
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
		echo "$folder: this is under way already" >&2
		exit 1
	fi
	rm -f "$folder/status"
	: >"$folder/log"
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
[ -f "$folder/log" ] || {
	echo "$folder: nothing was begun here" >&2
	exit 1
}
if [ ! -f "$folder/status" ] && { [ $# -gt 0 ] || is_running; }; then
	tail --lines=+1 --follow --sleep-interval=0.1 --pid="$(cat "$folder/pid")" "$folder/log"
else
	cat "$folder/log"
fi
[ -f "$folder/status" ] || {
	echo "$folder: it was cut off" >&2
	exit 1
}
exit "$(cat "$folder/status")"
