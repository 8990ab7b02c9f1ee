#!/bin/sh
# Cuts a command off, as bad luck would, and shows what the next command makes of it.
#
#   ./fault.sh prepare                   the little release l1 is live afterwards
#   ./fault.sh COMMAND POINT HOW NEXT
#   ./fault.sh look                      what a reboot has left
#
# COMMAND   deploy or rollback: of the little release l2 over l1, or back to l1
# POINT     the text of the line after which it is cut off
# HOW       TERM, INT, HUP, KILL (the script alone), KILL-ALL (and all that it has started) or PIPE (nobody reads it any more)
# NEXT      what is done then: nothing, deploy-same, deploy-other, rollback, status, reload, restart (of nginx) or
#           reboot, which is done from outside; then look
#
# Prints what the commands print, and "@cut RELEASE", "@next STATUS", "@end RELEASE", "@containers NAMES".
set -eu
cd "$(dirname "$0")"
command=$1
# Long enough to be met in it, short enough to wait for its end
export BAKE=3 WARMUP_ROUNDS=2 READY_LIMIT=30 WATCH_LIMIT=3

from_nginx() {
	curl -q -s --max-time 5 "http://172.29.77.2:8082$1"
}

release() {
	curl -q -s --max-time 5 http://127.0.0.1:8080/
}

await_answer() {
	timeout 60 sh -c 'until curl -q -s -f --max-time 2 -o /dev/null http://127.0.0.1:8080/; do sleep 0.1; done'
}

prepare() {
	# Idle connections would make each drain longer, and are not what is tried
	sed -i 's/keepalive_timeout 5s;/keepalive_timeout 1s;/' nginx/nginx.conf
	./little-release.sh l1
	./deploy.sh l1
}

# l1 is live, nothing else is up, and nothing else was ever live
begin_anew() {
	[ "$(release)" = l1 ] || BAKE=0 ./deploy.sh l1 >begin.log 2>&1
	live=$(from_nginx /group)
	for container in $(docker ps --all --format '{{.Names}}' | grep -v -e "bluegreen-$live-" -e bluegreen-nginx-1); do
		docker rm --force "$container" >/dev/null
	done
	echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $(id -un) l1 switched group=$live" >history
	for version in l1 l2 l3; do
		./little-release.sh "$version"
	done
}

# cut_off HOW POINT COMMAND...
cut_off() {
	signal=$1 line=$2
	shift 2
	# What it said the last time must not be taken for what it says now
	: >cut-off.log
	if [ "$signal" = PIPE ]; then
		"$@" 2>&1 | sed "/$line/q" >cut-off.log
		return
	fi
	# Ctrl-C and a lost terminal mean all that the command has started; and a script of this one's children ignores them
	setsid env --default-signal=INT,HUP,TERM "$@" >cut-off.log 2>&1 &
	process=$!
	timeout 60 sh -c "until grep -q '$line' cut-off.log || ! kill -0 $process 2>/dev/null; do sleep 0.02; done" || :
	case $signal in
		KILL-ALL) kill -KILL "-$process" ;;
		INT | HUP) kill "-$signal" "-$process" ;;
		*) kill "-$signal" "$process" ;;
	esac 2>/dev/null || :
	wait "$process" || :
}

look() {
	echo "@end $(release)"
	echo "@containers $(docker ps --format '{{.Names}}' | sed 's/^bluegreen-//; s/-1$//' | sort | xargs)"
}

case $command in
	prepare)
		prepare
		exit
		;;
	look)
		await_answer
		look
		exit
		;;
esac
point=$2
how=$3
next=$4
begin_anew
if [ "$command" = rollback ]; then
	BAKE=60 cut_off TERM "stays warm" ./deploy.sh l2
	cut_off "$how" "$point" ./rollback.sh
else
	cut_off "$how" "$point" ./deploy.sh l2
fi
cat cut-off.log
grep -q "$point" cut-off.log || echo "@missed $point"
echo "@cut $(release)"
status=0
case $next in
	nothing | reboot) ;;
	deploy-same) ./deploy.sh --no-bake l2 || status=$? ;;
	deploy-other) ./deploy.sh --no-bake l3 || status=$? ;;
	rollback) ./rollback.sh || status=$? ;;
	status) ./status.sh || status=$? ;;
	reload) ./reload.sh || status=$? ;;
	restart)
		docker restart bluegreen-nginx-1 >/dev/null
		await_answer
		;;
esac
echo "@next $status"
look
