#!/bin/sh
# Ships a release as many people do it: stop the old one, start the new one.
#
#   ./deploy.sh VERSION      ships releases/VERSION/app.jar, which lies beside this script
#
# Lines that begin with "==> " tell what happens, as it happens.
# Exit status: 0 the release answers, 1 it does not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"

url=http://127.0.0.1:8080/api/version
stop_limit=30 # seconds
start_limit=60

say() {
	echo "==> $*"
}

fail() {
	echo "deploy.sh: $1" >&2
	exit "${2:-1}"
}

# The process that serves now. A pid file outlives a crash, and its number may by then belong
# to a stranger: only a process that runs one of our jars counts.
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
	if ! running; then
		say "nothing is running"
		return
	fi
	say "stopping $serving (pid $pid)"
	# It may end by itself just now
	kill "$pid" 2>/dev/null || :
	deadline=$(($(date +%s) + stop_limit))
	while kill -0 "$pid" 2>/dev/null; do
		if [ "$(date +%s)" -ge "$deadline" ]; then
			say "$serving still runs after $stop_limit s: killing it"
			kill -9 "$pid" 2>/dev/null || :
			deadline=$((deadline + stop_limit))
		fi
		sleep 0.1
	done
	rm -f app.pid
	say "stopped $serving"
}

start() {
	say "starting $version"
	mkdir -p log
	echo "--- $(date) $version" >>log/app.log
	before=$(wc -l <log/app.log)
	# Without "9>&-" the application would inherit the lock and keep it for as long as it lives.
	nohup java -jar "releases/$version/app.jar" </dev/null >>log/app.log 2>&1 9>&- &
	pid=$!
	echo "$pid" >app.pid
}

# An answer alone proves little: it has to come from the process that was just started.
answers() {
	answer=$(curl -fsS --max-time 2 "$url" 2>/dev/null) || return 1
	case $answer in
		*"\"version\":\"$version\""*"\"pid\":$pid}"*) ;;
		*) return 1 ;;
	esac
}

give_up() {
	# This release was never live, so it must not become the one to go back to.
	rm -f current
	echo "deploy.sh: $version $1, its last log lines are:" >&2
	tail -n "+$((before + 1))" log/app.log | tail -n 15 | sed 's/^/    /' >&2
	previous=$(readlink previous || true)
	if [ -n "$previous" ] && [ "$previous" != "releases/$version" ]; then
		fail "$version is not live; the way back to $(basename "$previous"): ./rollback.sh"
	fi
	fail "$version is not live"
}

version=${1:-}
versions=$(cd releases 2>/dev/null && echo *) || versions=none
case $version in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	'') fail "which version? usage: ./deploy.sh VERSION (there are: $versions)" 2 ;;
	.* | */*) fail "$version is not a version (there are: $versions)" 2 ;;
esac
[ -d "releases/$version" ] || fail "there is no version $version (there are: $versions)" 2
[ -f "releases/$version/app.jar" ] || fail "releases/$version/app.jar is missing: nothing was touched" 2

# The kernel drops this lock when the script ends, however it ends.
exec 9>deploy.lock
flock -n 9 || fail "another deploy is running: wait for it, nothing was touched"

stop
current=$(readlink current || true)
if [ -n "$current" ] && [ "$current" != "releases/$version" ]; then
	ln -sfn "$current" previous
fi
ln -sfn "releases/$version" current
start

deadline=$(($(date +%s) + start_limit))
until answers; do
	kill -0 "$pid" 2>/dev/null || give_up "stopped by itself"
	[ "$(date +%s)" -lt "$deadline" ] || give_up "did not answer on $url within $start_limit s"
	sleep 0.2
done
say "$version answers"
