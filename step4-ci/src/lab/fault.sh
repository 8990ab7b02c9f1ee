#!/bin/sh
# Cuts a deploy through the gate off, as bad luck would, and shows what the next command makes of it.
#
#   ./fault.sh prepare                the little release l1 is live afterwards; l2 and l3 can be shipped
#   ./fault.sh gate POINT HOW NEXT    ships l2 over l1
#   ./fault.sh look                   what a reboot has left
#
# POINT   the text of the line after which it is cut off
# HOW     TERM, INT, HUP, KILL (the gate alone), KILL-ALL (and all that it has started) or PIPE (nobody reads it any more)
# NEXT    what is done then: nothing, status, deploy-same, deploy-other, rollback, reload, restart (of nginx) or
#         reboot, which is done from outside; then look
#
# Prints what the commands print, and "@cut RELEASE", "@next STATUS", "@end RELEASE", "@containers NAMES".
set -eu
cd "$(dirname "$0")"
command=$1

# ship l1|l2|l3 [again]
ship() {
	set -- "$1" "$(printf '%040d' "${1#l}")" "$(cat "little/$1.image")" ${2:+again}
	./gate.sh "$@"
}

# release: what answers
release() {
	curl -q -s --max-time 5 http://127.0.0.1:8080/
}

await_answer() {
	timeout 60 sh -c 'until curl -q -s -f --max-time 2 -o /dev/null http://127.0.0.1:8080/; do sleep 0.1; done'
}

prepare() {
	sed -i 's/keepalive_timeout 5s;/keepalive_timeout 1s;/' bluegreen/nginx/nginx.conf
	sed -i 's/stop_grace_period: 40s/stop_grace_period: 2s/' bluegreen/compose.yaml
	echo 'BAKE=3 WARMUP_ROUNDS=2 READY_LIMIT=30' >>bluegreen/settings.sh
	[ -d guest-book.git ] || ./install.sh
	mkdir -p little
	for number in 1 2 3; do
		./little-release.sh image "l$number" "l$number" "$(printf '%040d' "$number")" "2026-01-0${number}T00:00:00Z" >"little/l$number.image"
	done
	ship l1
}

# Nothing but l1 was ever live, and nothing else is up
begin_anew() {
	[ "$(release)" = l1 ] || ship l1 again >begin.log 2>&1
	live=$(curl -q -s http://172.29.77.2:8082/group)
	for container in $(docker ps --all --format '{{.Names}}' | grep ^bluegreen- | grep -v -e "bluegreen-$live-" -e bluegreen-nginx-1); do
		docker rm --force "$container" >/dev/null
	done
	echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $(id -un) l1 switched group=$live" >bluegreen/history
	echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) l1 $(printf '%040d' 1) $(cat little/l1.image) live" >releases.log
	for version in l2 l3; do
		docker image rm "bluegreen/guest-book:$version" >/dev/null 2>&1 || :
	done
}

# The gate alone has this process group, so a signal for the group is one for the gate: all else runs by its own session
cut_off() {
	# What it said the last time must not be taken for what it says now
	: >cut-off.log
	if [ "$how" = PIPE ]; then
		ship l2 2>&1 | sed "/$point/q" >cut-off.log
		return
	fi
	setsid env --default-signal=INT,HUP,TERM ./gate.sh l2 "$(printf '%040d' 2)" "$(cat little/l2.image)" >cut-off.log 2>&1 &
	process=$!
	timeout 60 sh -c "until grep -q '$point' cut-off.log || ! kill -0 $process 2>/dev/null; do sleep 0.02; done" || :
	case $how in
		KILL-ALL) pkill -KILL -f 'gate.s[h] l2|probe.ja[r] run|trial.s[h]|deploy.s[h] l2' ;;
		INT | HUP) kill "-$how" "-$process" ;;
		*) kill "-$how" "$process" ;;
	esac 2>/dev/null || :
	wait "$process" || :
}

look() {
	echo "@end $(release)"
	echo "@containers $(docker ps --format '{{.Names}}' | grep ^bluegreen- | sed 's/^bluegreen-//; s/-1$//' | sort | xargs)"
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
cut_off
# What goes on without the gate
flock --timeout 120 gate.lock true
cat cut-off.log
grep -q "$point" cut-off.log || echo "@missed $point"
echo "@cut $(release)"
status=0
case $next in
	nothing | reboot) ;;
	status) { bluegreen/status.sh && ./history.sh; } || status=$? ;;
	deploy-same) ship l2 || status=$? ;;
	deploy-other) ship l3 || status=$? ;;
	rollback) ./back.sh || status=$? ;;
	reload) bluegreen/reload.sh || status=$? ;;
	restart)
		docker restart bluegreen-nginx-1 >/dev/null
		await_answer
		;;
esac
echo "@next $status"
look
