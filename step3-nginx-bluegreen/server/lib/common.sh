# shellcheck shell=sh
# What every script uses: messages, a clock, the lock.

script=$(basename "$0")

# A script whose output nobody reads any more (a closed pipe, a lost connection) goes on all the same.
trap '' PIPE

say() {
	printf '==> %s\n' "$*" 2>/dev/null || :
}

# fail MESSAGE [STATUS]
fail() {
	# shellcheck disable=SC2034 # hooks.sh passes it on
	failure=$1
	printf '%s: %s\n' "$script" "$1" >&2 2>/dev/null || :
	exit "${2:-1}"
}

# The comment at the head of the script is its help
help() {
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
}

# Milliseconds since the machine started: this clock does not jump when the time is set.
now_ms() {
	read -r uptime _ </proc/uptime
	echo "${uptime%.*}${uptime#*.}0"
}

now() {
	read -r uptime _ </proc/uptime
	echo "${uptime%.*}"
}

# The kernel drops this lock when its holder ends, however it ends; the seconds are for what a killed one was just
# running. The text in the file is for people: for a way back, and after the switch, a full disk is no reason to stop ($needs_no_space).
needs_no_space=
try_lock() {
	(: <>deploy.lock) 2>/dev/null ||
		fail "$(id -un) may not write $(pwd)/deploy.lock, nothing was touched: deploy as $(stat -c %U . 2>/dev/null), who owns this folder"
	exec 9<>deploy.lock
	flock -w 3 9 || return 1
	printf '%s by %s (process %s) since %s\n' "$*" "$(id -un)" "$$" "$(date)" 2>/dev/null >deploy.lock || [ -n "$needs_no_space" ] ||
		fail "cannot write $(pwd)/deploy.lock, nothing was touched: no space left? (df -h .)"
}

take_lock() {
	try_lock "$@" || fail "another deploy is running, nothing was touched: $(holder)"
}

release_lock() {
	exec 9>&-
}

holder() {
	head -c 200 deploy.lock
}

phases=
# phase NAME: begins it, and ends the one before
phase() {
	at=$(now_ms)
	[ -z "${phase:-}" ] || phases="$phases $phase=$((at - began))ms"
	phase=$1 began=$at
}
