# shellcheck shell=sh
# Only one set-up at a time in this folder, and nothing half-made stays when it is interrupted.
# A directory and a pid stand in for flock, which macOS and Git Bash do not have.

LOCK="$STATE/lock"
SCRATCH="$STATE/scratch"
LOCK_LIMIT=900

take_lock() {
	{ mkdir -p "$STATE" 2>/dev/null && [ -w "$STATE" ]; } || die "cannot write to $STATE: make this folder yours (chown), or clone it again where you may write"
	waited=0
	until mkdir "$LOCK" 2>/dev/null; do
		holder=$(cat "$LOCK/pid" 2>/dev/null) || holder=
		if is_dead "$holder" "$waited"; then
			break_lock "$holder"
			continue
		fi
		[ "$waited" -gt 0 ] || say "Waiting for another ./workshop (process ${holder:-unknown}) to finish its set-up"
		[ "$waited" -lt "$LOCK_LIMIT" ] || die "another ./workshop (process ${holder:-unknown}) still sets up after $((LOCK_LIMIT / 60)) minutes: stop it, or remove $LOCK"
		sleep 1
		waited=$((waited + 1))
	done
	trap 'cleaned_up' EXIT
	trap 'interrupted 130' INT
	trap 'interrupted 143' TERM
	trap 'interrupted 129' HUP
	# From a job that has failed
	trap 'exit 1' USR1
	echo "$$" >"$LOCK/pid"
	sweep
	start_ticker
}

release_lock() {
	end_step
	stop_ticker
	trap - EXIT INT TERM HUP USR1
	rm -rf "$LOCK"
}

# is_dead PID SECONDS: a holder that has not written its pid after three seconds never will
is_dead() {
	if [ -z "$1" ]; then
		[ "$2" -ge 3 ]
	else
		! is_workshop "$1"
	fi
}

# A pid can be somebody else's by now, so the name counts as well where ps can tell it.
is_workshop() {
	# Process numbers repeat, in a container from one start to the next: this one did not take the lock
	[ "$1" != "$$" ] || return 1
	kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || return 1
	holder_args=$(ps -p "$1" -o args= 2>/dev/null) || return 0
	case $holder_args in
		*workshop* | '') return 0 ;;
	esac
	return 1
}

# Moved first, so that of two who find the same dead holder only one removes, and never a newcomer's lock.
break_lock() {
	mv "$LOCK" "$LOCK.$$" 2>/dev/null || return 0
	if [ "$(cat "$LOCK.$$/pid" 2>/dev/null)" = "$1" ]; then
		rm -rf "$LOCK.$$"
	else
		mv "$LOCK.$$" "$LOCK"
	fi
}

# scratch DIR: a directory that must not outlive the set-up, not even a killed one: the next one sweeps it. Each job has
# its own list, and sweeps only that.
scratch() {
	printf '%s\n' "$1" >>"$SCRATCH"
}

sweep() {
	for list in "$SCRATCH" "$SCRATCH".*; do
		[ -f "$list" ] || continue
		while IFS= read -r dir; do
			remove_scratch "$dir"
		done <"$list"
		rm -f "$list"
	done
}

# remove_scratch DIR: a debootstrap that was killed leaves /proc and /sys mounted below it. Nothing is removed as long as
# something is mounted there.
remove_scratch() {
	mounted_below "$1" | sort -r | while IFS= read -r mounted; do
		umount "$mounted" 2>/dev/null || :
	done
	if [ -n "$(mounted_below "$1")" ]; then
		complain "left $1, in which $(mounted_below "$1" | head -n 1) is mounted and cannot be unmounted: umount it, then remove the folder"
		return
	fi
	rm -rf "$1"
}

mounted_below() {
	[ ! -r /proc/mounts ] || awk -v folder="$1/" 'index($2, folder) == 1 { print $2 }' /proc/mounts
}

cleaned_up() {
	# A second job that fails now must not end this
	trap '' USR1
	stop_jobs
	stop_child
	stop_ticker
	sweep
	rm -rf "$LOCK"
}

interrupted() {
	trap '' INT TERM HUP
	trap - EXIT
	cleaned_up
	complain "interrupted: the next ./workshop goes on from here"
	exit "$1"
}
