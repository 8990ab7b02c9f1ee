# shellcheck shell=sh
# The steps of a set-up and the seconds that each takes. On a terminal the last line shows those that are running, and is
# written again every second. Everything else that is printed clears that line first (see ui.sh).

STEPS="$STATE/steps"
STEP=
TICKER=

# step TEXT: ends the step before it, if there is one, and begins this one
step() {
	end_step
	STEP=$1
	BEGAN=$(date +%s)
	[ -z "$TICKER" ] || printf '%s %s\n' "$BEGAN" "$STEP" >"$STEPS/$JOB"
}

end_step() {
	[ -n "$STEP" ] || return 0
	rm -f "$STEPS/$JOB"
	say "$STEP: $(($(date +%s) - BEGAN)) s"
	STEP=
}

start_ticker() {
	[ -n "$CLEAR" ] || return 0
	rm -rf "$STEPS"
	mkdir -p "$STEPS"
	(
		# Not longer than the workshop itself, even if that is killed
		while kill -0 "$$" 2>/dev/null; do
			show_steps
			sleep 1
		done
	) &
	TICKER=$!
}

stop_ticker() {
	[ -n "$TICKER" ] || return 0
	kill "$TICKER" 2>/dev/null || :
	wait "$TICKER" 2>/dev/null || :
	TICKER=
	rm -rf "$STEPS"
	printf %s "$CLEAR" >&2
}

show_steps() {
	now=$(date +%s)
	running=
	for file in "$STEPS"/*; do
		{ read -r began text <"$file"; } 2>/dev/null || continue
		running="$running${running:+, }$text  $((now - began)) s"
	done
	# A line that is too long is cut off at the edge, not continued in the next line
	[ -z "$running" ] || printf '%s\033[?7l%s==>%s %s\033[?7h' "$CLEAR" "$BOLD" "$PLAIN" "$running" >&2
}
