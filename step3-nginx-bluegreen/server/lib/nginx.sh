# shellcheck shell=sh disable=SC2154 # about sets port
# nginx: which group it routes to, the switch, and what is still in flight. nginx answers for itself, at an address that is
# not published and where no application answers.

# from_nginx PATH: the answer's body
from_nginx() {
	curl -q --noproxy '*' --silent --max-time 2 "http://$SUBNET.2:8082$1" 9>&-
}

# The group that nginx routes to. nginx looks at the same file for each request (nginx/group.conf): where it does not run,
# that is where it will route once it does.
live_group() {
	if is_running nginx; then
		asked=$(now)
		until group=$(from_nginx /group) && [ -n "$group" ]; do
			[ "$(($(now) - asked))" -lt 10 ] ||
				fail "nginx runs, but did not answer at http://$SUBNET.2:8082/group for 10 s: docker logs $(container nginx)"
			sleep 0.2
		done
		# Nothing is live where a first deploy has not got as far as the switch
		[ -e nginx/live/blue ] || [ -e nginx/live/green ] || exists blue || return 0
		echo "$group"
	elif [ -e nginx/live/green ]; then
		echo green
	elif [ -e nginx/live/blue ]; then
		echo blue
	fi
}

# The network of all containers. Whoever else joins it gets an address from the upper half: those of the instances stay theirs.
make_network() {
	has=$(docker network inspect --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' "$NETWORK" 2>/dev/null 9>&-) || has=
	if [ -z "$has" ]; then
		problem=$(docker network create --subnet "$SUBNET.0/24" --ip-range "$SUBNET.128/25" "$NETWORK" 2>&1 9>&-) ||
			fail "no network could be made, nothing was touched: $problem"
	elif [ "$has" != "$SUBNET.0/24" ]; then
		fail "the network $NETWORK has $has and SUBNET is $SUBNET, nothing was touched: set SUBNET to that, or remove the network (docker network rm $NETWORK)"
	fi
}

# run_nginx: as it is set up, whoever has stopped or paused it
run_nginx() {
	if [ "$(seen_of nginx status)" = paused ]; then
		problem=$(docker unpause "$(container nginx)" 2>&1 9>&-)
	else
		problem=$(compose up --detach --no-deps nginx 2>&1)
	fi || fail "nginx could not be started: $problem"
	see
}

# switch GROUP [MESSAGE]: each request from now on goes to that one, and the message says so. A rename cannot be seen half
# done; after a power cut it must not be forgotten either. Proved, or undone.
switch() {
	old=$(other "$1")
	mv -f "nginx/live/$old" "nginx/live/$1" || fail "nginx/live/$old could not be renamed, $old stays live: df -h ."
	[ -z "${2:-}" ] || say "$2"
	sync nginx/live || :
	asked=$(now)
	until [ "$(from_nginx /group)" = "$1" ] && answered_by "$1"; do
		[ "$(($(now) - asked))" -lt 10 ] || {
			mv -f "nginx/live/$1" "nginx/live/$old"
			fail "nginx did not route to $1 for 10 s, $old stays live: docker logs $(container nginx)"
		}
		sleep 0.05
	done
}

# answered_by GROUP: whether a request through nginx is passed to that group; what the application says does not matter
answered_by() {
	by=$(curl -q --noproxy '*' --silent --max-time 5 --output /dev/null --dump-header - "http://$SUBNET.2:8082/" 9>&- |
		tr -d '\r' | sed -n 's/^X-Answered-By: //Ip')
	case ", $by" in
		*", $(address "$1-")"[1-9]:*) return 0 ;;
	esac
	return 1
}

# in_flight GROUP: how many connections nginx has to it, in use or idle for less than five seconds. An error where nobody
# can tell.
in_flight() {
	process=$(seen_of nginx process)
	[ -r "/proc/${process:-none}/net/tcp" ] || return
	about "$1"
	# The kernel writes addresses with their bytes turned round
	awk -v begin="$(address "$1-")" -v port="$port" '
		BEGIN { split(begin, byte, "."); for (i = 1; i <= 9; i++) socket[sprintf("%02X%02X%02X%02X:%04X", byte[4] i, byte[3], byte[2], byte[1], port)] }
		($3 in socket) && ($4 == "01" || $4 == "02") { count++ }
		END { print count + 0 }' "/proc/$process/net/tcp"
}

# drained GROUP: nothing is in flight there any more. Where nobody can tell, something may be.
drained() {
	left=$(in_flight "$1") || return
	[ "$left" = 0 ]
}

# drain GROUP [COMMAND]: waits until it is drained; meanwhile runs the command about once a second
drain() {
	deadline=$(($(now) + DRAIN_LIMIT))
	until drained "$1"; do
		if [ "$(now)" -ge "$deadline" ]; then
			say "not drained after $DRAIN_LIMIT s: stopping $1 ends what is still in flight"
			return
		fi
		"${2:-:}"
		sleep 0.5
	done
	say "drained"
}

# in_nginx ARGUMENT...: nginx in its container; what it says is in $problem. From 125 up it is the engine that speaks: it
# could not start the program, so nothing has happened yet, and it is asked again.
in_nginx() {
	asked=$(now)
	until problem=$(docker exec "$(container nginx)" nginx "$@" -c /etc/service/nginx.conf 2>&1 9>&-); do
		[ $? -ge 125 ] && [ "$(($(now) - asked))" -lt 10 ] || return
		say "the engine could not run nginx $*, asking again: $problem"
		sleep 0.5
	done
}

# configuration_problem: why nginx refuses its configuration
configuration_problem() {
	echo "$problem" | grep -m 1 emerg || echo "$problem"
}

# instances_file GROUP [NUMBER]: what it will be deployed with, as the settings have it: for about in the first line, for nginx in the others
instances_file() {
	names='' servers=''
	for instance in $(all_of "$1"); do
		[ "${instance#*-}" -le "${2:-$INSTANCES}" ] || break
		names="$names $instance"
		servers="${servers}server $(address "$instance"):$APP_PORT max_fails=0;
"
	done
	printf '# %s %s%s\n%s' "$APP_PORT" ":$READY_PORT$READY_PATH" "$names" "$servers"
}

# write_instances GROUP [NUMBER]. After a power cut the file must not be empty: nginx would not start
write_instances() {
	mkdir -p nginx/instances
	instances_file "$@" >"nginx/instances/$1.new" && { sync "nginx/instances/$1.new" || :; } &&
		mv -f "nginx/instances/$1.new" "nginx/instances/$1.conf" ||
		fail "nginx/instances/$1.conf could not be written, nothing was switched: no space left? (df -h .)"
}

# set_instances GROUP: as the settings have it, for a group that gets no traffic. nginx reads its files again only if this has
# changed since the deploy before.
set_instances() {
	if [ "$(cat "nginx/instances/$1.conf" 2>/dev/null)" != "$(instances_file "$1")" ]; then
		mkdir -p nginx/instances
		# For the next command, if this one is killed before nginx has read it
		: >nginx/instances/unread
		write_instances "$1"
	fi
	[ -e nginx/instances/unread ] || return 0
	! is_running nginx || reload_nginx
	rm -f nginx/instances/unread
}

# The process numbers of nginx's workers
workers() {
	docker top "$(container nginx)" -eo pid,args 2>/dev/null 9>&- | awk '/nginx: worker/ { print $1 }'
}

# Those that take new connections. After a reload an old one does so until it says that it is shutting down: for a moment old and new
# ones take them.
serving_workers() {
	docker top "$(container nginx)" -eo pid,args 2>/dev/null 9>&- | awk '/nginx: worker/ && !/is shutting down/ { print $1 }'
}

# Has nginx read its files. In $old_workers those that go on with what they were doing.
reload_nginx() {
	in_nginx -t || fail "nginx refuses its configuration and works as before: $(configuration_problem)"
	old_workers=$(workers)
	# Not "docker kill --signal HUP": Docker would take nginx for stopped by hand, and not start it after a reboot.
	in_nginx -s reload || fail "nginx cannot be made to reload and works as before: $problem"
	reloaded=$(now)
	deadline=$((reloaded + 10))
	until serving=$(serving_workers) && [ -n "$serving" ] && ! echo "$serving" | grep -qxF "$old_workers"; do
		[ "$(now)" -lt "$deadline" ] || fail "nginx started no new workers within 10 s: docker logs $(container nginx)"
		sleep 0.1
	done
}

# After a reload: waits until an old worker takes no new request any more. It keeps an idle connection for keepalive_min_timeout (10 s)
# and knows only the instances that there were.
await_old_workers() {
	[ -n "${reloaded:-}" ] || return 0
	while [ "$(now)" -lt "$((reloaded + 11))" ] && workers | grep -qxF "$old_workers"; do
		sleep 0.5
	done
}
