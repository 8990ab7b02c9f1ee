# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# What deploy.sh, rollback.sh and status.sh know about the two colours. Settings of this server: settings.sh

image=bluegreen/guest-book
HTTP_PORT=80 HTTPS_PORT=443 SUBNET=172.29.77 NGINX_IMAGE=nginx:1.30
READY_LIMIT=120    # seconds until both instances have to be ready
DRAIN_LIMIT=60     # seconds that requests under way may take after a switch
BAKE=60            # seconds that the old colour stays warm
OVERLAP=0          # seconds that both colours serve
WARMUP_ROUNDS=300  # how often each path of warmup.txt is asked
# shellcheck source=/dev/null
[ ! -f settings.sh ] || . ./settings.sh
DEPLOY_USER=$(id -u):$(id -g)
export HTTP_PORT HTTPS_PORT SUBNET NGINX_IMAGE DEPLOY_USER

upstream=nginx/live/upstream.conf
service=http://127.0.0.1:$HTTP_PORT
script=$(basename "$0")

say() {
	echo "==> $*"
}

fail() {
	echo "$script: $1" >&2
	exit "${2:-1}"
}

now() {
	date +%s
}

compose() {
	docker compose --progress quiet "$@" 9>&-
}

# The kernel drops this lock when its holder ends, however it ends; the seconds are for what a killed one was just
# running. What the file says is for people.
try_lock() {
	exec 9<>deploy.lock
	flock -w 3 9 || return 1
	printf '%s by %s (process %s) since %s\n' "$*" "$(id -un)" "$$" "$(date)" >deploy.lock
}

take_lock() {
	try_lock "$@" || fail "another deploy is running, nothing was touched: $(cat deploy.lock)"
}

release_lock() {
	exec 9>&-
}

other() {
	case $1 in
		blue) echo green ;;
		*) echo blue ;;
	esac
}

# Where an instance listens, as seen from this server
address() {
	case $1 in
		blue-1) echo "$SUBNET.11" ;;
		blue-2) echo "$SUBNET.12" ;;
		green-1) echo "$SUBNET.21" ;;
		green-2) echo "$SUBNET.22" ;;
	esac
}

# header NAME: of an answer to a new connection through nginx, empty if there is none
header() {
	curl -s -o /dev/null -D - --max-time 5 "$service/api/version" | tr -d '\r' | sed -n "s/^$1: //Ip" | tail -n 1
}

is_running() {
	[ "$(docker container inspect --format '{{.State.Running}}' "bluegreen-$1-1" 2>/dev/null)" = true ]
}

# What nginx routes is the only truth: it says so itself. Where nginx is down, it is what it will route when it is up.
live_colour() {
	if is_running nginx; then
		asked=$(now)
		until colour=$(header X-Live-Colour) && [ -n "$colour" ]; do
			[ "$(($(now) - asked))" -lt 10 ] || fail "nginx runs and has not answered at $service for 10 s: docker logs bluegreen-nginx-1"
			sleep 0.2
		done
		echo "$colour"
	else
		sed -n 's/.*default \(blue\|green\);.*/\1/p' "$upstream" 2>/dev/null || :
	fi
}

# version_of COLOUR: of its instances, running or not
version_of() {
	docker container inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' "bluegreen-$1-1-1" 2>/dev/null
}

# version_before VERSION: the one that was live before it, empty if there was none
version_before() {
	awk -v now="$1" '($4 == "live" || $4 == "rollback") && $3 != now { version = $3 } END { print version }' history
}

# container_of INSTANCE: its id, empty if there is none
container_of() {
	docker container inspect --format '{{.Id}}' "bluegreen-$1-1" 2>/dev/null || :
}

is_ready() {
	curl -fs -o /dev/null --max-time 2 "http://$(address "$1"):8081/actuator/health/readiness"
}

is_warm() {
	is_running "$1-1" && is_running "$1-2" && is_ready "$1-1" && is_ready "$1-2"
}

# nginx_processes WHAT: the process numbers of those that call themselves so; an error where the engine does not tell
nginx_processes() {
	processes=$(docker top bluegreen-nginx-1 -eo pid,args 2>/dev/null 9>&-) || return
	echo "$processes" | awk -v what="$1" '$0 ~ what { print $1 }'
}

workers() {
	nginx_processes 'nginx: worker'
}

draining_workers() {
	nginx_processes 'shutting down'
}

# Visitors come first: a colour that they do not reach, because it boots or stops, gets what is left of half the cores.
cores=$(nproc)
ALL_CORES=0-$((cores - 1)) HALF_THE_CORES=$((cores / 2))-$((cores - 1)) FEW_SHARES=64

come_first() {
	problem=$(docker update --cpu-shares 1024 --cpuset-cpus "$ALL_CORES" "bluegreen-$1-1-1" "bluegreen-$1-2-1" 2>&1 9>&-) ||
		fail "$1 cannot be given all cores, nothing was switched: $problem"
}

come_last() {
	docker update --cpu-shares "$FEW_SHARES" --cpuset-cpus "$HALF_THE_CORES" "bluegreen-$1-1-1" "bluegreen-$1-2-1" >/dev/null 2>&1 || :
}

servers() {
	for instance in "$@"; do
		# max_fails: one instance that refuses is asked again next time; the other one answers meanwhile
		echo "    server $instance:8080 max_fails=0;"
	done
}

# route COLOUR INSTANCE...: what the file says from now on; by a rename, so that nginx never reads half of it
route() {
	colour=$1
	shift
	mkdir -p nginx/live
	cat >"$upstream.new" <<-END
		# Written by $script
		map "" \$live_colour {
		    default $colour;
		}
		upstream live {
		$(servers "$@")
		    # Shorter than Tomcat keeps them (75 s)
		    keepalive 32;
		    keepalive_timeout 30s;
		}
	END
	mv "$upstream.new" "$upstream"
}

# switch COLOUR: from the next new connection on, visitors reach that one. Proved through nginx, or undone.
# Leaves the workers of before in OLD_WORKERS.
switch() {
	cp "$upstream" "$upstream.before"
	route "$1" "$1-1" "$1-2"
	reload "$1"
	rm -f "$upstream.before"
}

# in_nginx ARGUMENT...: nginx in its container; what it says is in $problem. From 125 up it is the engine that speaks: it
# could not start the program, so nothing has happened yet, and it is asked again.
in_nginx() {
	asked=$(now)
	until problem=$(docker exec bluegreen-nginx-1 nginx "$@" -c /etc/guest-book/nginx.conf 2>&1 9>&-); do
		[ $? -ge 125 ] && [ "$(($(now) - asked))" -lt 10 ] || return
		say "the engine could not run nginx $*, asking again: $problem"
		sleep 0.5
	done
}

# Not "docker kill --signal HUP": Docker would take nginx for stopped by hand, and not start it after a reboot.
reload_nginx() {
	in_nginx -s reload
}

# reload COLOUR: of the configuration as it stands now
reload() {
	old=$(other "$1")
	in_nginx -t ||
		take_back "nginx refuses its configuration, $old stays live: $(echo "$problem" | grep -m 1 emerg || echo "$problem")"
	OLD_WORKERS=$(workers) ||
		take_back "the engine does not tell nginx's workers, $old stays live: docker top bluegreen-nginx-1"
	reload_nginx || take_back "nginx cannot be told to reload, $old stays live: $problem"
	deadline=$(($(now) + 10))
	until [ "$(header X-Live-Colour)/$(header X-App-Colour)" = "$1/$1" ]; do
		[ "$(now)" -lt "$deadline" ] || {
			mv "$upstream.before" "$upstream"
			reload_nginx || :
			fail "nginx does not route to $1 within 10 s of its reload, $old stays live: docker logs bluegreen-nginx-1"
		}
		sleep 0.05
	done
}

# take_back WHY: where nginx has not read the file, it says again what it said before, or nginx would route there after a reboot
take_back() {
	mv "$upstream.before" "$upstream"
	fail "$1"
}

# Until the workers of before are gone, requests are under way on the colour they route to.
drain() {
	deadline=$(($(now) + DRAIN_LIMIT))
	while old_workers_live; do
		if [ "$(now)" -ge "$deadline" ]; then
			say "not drained after $DRAIN_LIMIT s: what is still under way is told to end"
			return
		fi
		sleep 0.2
	done
	say "drained"
}

# Where the engine does not tell, they may be.
old_workers_live() {
	left=$(workers) || return 0
	for worker in $OLD_WORKERS; do
		if echo "$left" | grep -qx "$worker"; then
			return 0
		fi
	done
	return 1
}

# stop COLOUR: never the one that nginx routes to
stop() {
	routed=$(live_colour) || exit 1
	[ "$routed" != "$1" ] || fail "$1 is live: it is not stopped"
	if is_running "$1-1" || is_running "$1-2"; then
		say "stopping $1"
		come_last "$1"
		mkdir -p log
		for instance in "$1-1" "$1-2"; do
			docker logs "bluegreen-$instance-1" >>"log/$instance.log" 2>&1 || :
		done
		compose stop "$1-1" "$1-2"
		say "stopped $1"
	fi
	compose rm --force "$1-1" "$1-2" >/dev/null 2>&1 || :
}

phases=
# phase NAME: begins it, and ends the one before
phase() {
	ended=$(date +%s%3N)
	[ -z "${phase:-}" ] || phases="$phases $phase=$((ended - began))ms"
	phase=$1 began=$ended
}

# record RESULT: when, who, what, how it ended, and how long each phase took
record() {
	phase end
	# shellcheck disable=SC2154 # the version that the caller ships
	printf '%s %s %s %s%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(id -un)" "$version" "$1" "$phases" >>history
}
