#!/bin/sh
# All that the key of the load balancer may do on this server (see .ssh/authorized_keys). sshd runs it:
#
#   ssh blue-1 has VERSION SHA256       whether that release is here already
#   ssh blue-1 receive VERSION SHA256   stores what it reads from stdin as that release
#   ssh blue-1 start VERSION            stops what runs, and starts that release
#   ssh blue-1 stop                     stops what runs: SIGTERM, and SIGKILL after STOP_LIMIT seconds
#   ssh blue-1 release                  prints which release runs
#
# boot is for the start of the machine: it starts what ran before.
set -eu
cd /srv/app

# For a small machine: less CPU time for boot and warm-up, at the price of slower code
JAVA_OPTIONS='-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1'
STOP_LIMIT=40 # longer than spring.lifecycle.timeout-per-shutdown-phase

fail() {
	echo "$(hostname): $1" >&2
	exit "${2:-1}"
}

# The process that serves now. After a crash, app.pid still has its id, which another process may have by now.
running() {
	pid=$(cat app.pid 2>/dev/null) || return 1
	serving=$(ps -o args= -p "$pid" 2>/dev/null) || return 1
	case $serving in
		*releases/*/app.jar*) ;;
		*) return 1 ;;
	esac
	serving=${serving##*releases/}
	serving=${serving%%/app.jar*}
}

stop() {
	running || return 0
	kill "$pid" 2>/dev/null || :
	deadline=$(($(date +%s) + STOP_LIMIT))
	while kill -0 "$pid" 2>/dev/null; do
		[ "$(date +%s)" -lt "$deadline" ] || kill -9 "$pid" 2>/dev/null || :
		sleep 0.1
	done
}

start() {
	mkdir -p log
	echo "--- $(date) $1" >>log/app.log
	# shellcheck disable=SC2086 # several options
	DEPLOY_GROUP=$(hostname | cut -d - -f 1) GUESTBOOK_FILE=/srv/data/entries.jsonl \
		setsid java $JAVA_OPTIONS -jar "releases/$1/app.jar" </dev/null >>log/app.log 2>&1 9>&- &
	echo "$!" >app.pid
}

is_release() {
	[ -f "releases/$1/app.jar" ] || return 1
	[ "$(sha256sum <"releases/$1/app.jar")" = "$2  -" ]
}

if [ -n "${SSH_ORIGINAL_COMMAND:-}" ]; then
	set -f
	# shellcheck disable=SC2086 # words
	set -- $SSH_ORIGINAL_COMMAND
fi
command=${1:-} version=${2:-} sum=${3:-}
case $version in
	[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version" 2 ;;
esac
exec 9>agent.lock
flock -w 60 9 || fail "another command is running"
case $command:$# in
	has:3) is_release "$version" "$sum" ;;
	receive:3)
		mkdir -p "releases/$version"
		cat >"releases/$version/app.jar.new"
		mv "releases/$version/app.jar.new" "releases/$version/app.jar"
		is_release "$version" "$sum" || fail "$version arrived damaged"
		;;
	start:2)
		[ -f "releases/$version/app.jar" ] || fail "there is no version $version"
		stop
		echo "$version" >current
		start "$version"
		;;
	stop:1)
		rm -f current
		stop
		;;
	release:1) running && echo "$serving" ;;
	boot:1)
		rm -f app.pid
		[ ! -s current ] || start "$(cat current)"
		;;
	*) fail "this key may not do: $*" 2 ;;
esac
