# shellcheck shell=sh disable=SC2154 # problem
# What every command does first: it makes sure that it may, and makes what is written down equal to what nginx routes.

# Refuses what would fail half-way. Touches nothing.
check_server() {
	see
	[ -n "$seen" ] || engine_answers || fail "the Docker engine does not answer, nothing was touched: $problem"
	for tool in curl flock openssl awk; do
		command -v "$tool" >/dev/null || fail "$tool is not installed, nothing was touched: install it"
	done
	mounted=$(seen_of nginx mounted)
	[ -z "$mounted" ] || [ "$mounted" = "$(pwd -P)/nginx" ] ||
		fail "nginx runs with the files in $mounted, nothing was touched: run the scripts in $(dirname "$mounted")"
	if [ -z "$(seen_of nginx container)" ]; then
		before=$(docker ps --filter "volume=$(pwd -P)/nginx" --format '{{.Label "com.docker.compose.project"}}' 9>&- | head -n 1)
		[ -z "$before" ] || [ "$before" = "$SERVICE" ] ||
			fail "$before runs with the files in $(pwd -P), nothing was touched: set SERVICE=$before again, or put the files of $SERVICE into a folder of their own"
	fi
	network=$(seen_of nginx address)
	[ -z "$network" ] || [ "$network" = "$SUBNET.2" ] ||
		fail "nginx has the address $network, nothing was touched: SUBNET=$SUBNET cannot change while it runs"
}

# unread_settings: those that nginx's container was not made with, as NAME=VALUE
unread_settings() {
	is_running nginx || return 0
	[ "$(seen_of nginx name)" = "$NGINX_IMAGE" ] || echo "NGINX_IMAGE=$NGINX_IMAGE"
	for name in HTTP_PORT HTTPS_PORT; do
		eval "value=\$$name"
		case $(seen_of nginx ports) in
			*":$value:"*) ;;
			*) echo "$name=$value" ;;
		esac
	done
}

# say_unread_settings
say_unread_settings() {
	unread=$(unread_settings | paste -s -d ' ' -)
	[ -z "$unread" ] || say "nginx does not work by $unread until its container is created again"
}

check_disk() {
	free=$(df -Pm . | awk 'NR == 2 { print $4 }')
	[ "$free" -ge "$MIN_FREE" ] ||
		fail "only $free MB free, nothing was touched: make room (docker image ls), or set MIN_FREE (it is $MIN_FREE)"
}

# The application's environment may hold passwords
check_environment() {
	[ -e app.env ] || return 0
	mode=$(stat -c %a app.env)
	case $mode in
		?00) ;;
		*) fail "other users may read app.env (its mode is $mode), nothing was touched: chmod 600 app.env" ;;
	esac
}

# Finds what is live: in $live the group, in $live_version its release; both empty if nothing is.
look_up() {
	see
	find_live
}

find_live() {
	live=$(live_group) || exit 1
	idle=$(other "$live")
	live_version=
	[ -n "$live" ] || return 0
	live_version=$(version_of "$live")
	# Its containers were removed by hand
	[ -n "$live_version" ] || live_version=$(last_live)
}

# listens INSTANCE PORT: false only if it listens at other ports and not at that one: one that boots listens at none. The kernel's own
# list of sockets says so; 0A is one that listens, 127.0.0.11 is Docker's
listens() {
	process=$(docker container inspect --format '{{.State.Pid}}' "$(container "$1")" 2>/dev/null 9>&-) || return 0
	cat "/proc/$process/net/tcp" "/proc/$process/net/tcp6" 2>/dev/null | awk -v port="$(printf %04X "$2")" '
		$4 == "0A" && $2 !~ /^0B00007F:/ { split($2, part, ":"); if (part[2] == port) found = 1; else other = 1 }
		END { exit !found && other }'
}

# restore_instances GROUP: an older version of the scripts wrote no such file, and a power cut leaves it empty. A group that is there is
# written down as it was deployed, whatever the settings say by now
restore_instances() (
	last=$(docker ps --all --format '{{.Names}}' 9>&- | sed -n "s/^$SERVICE-$1-\([1-9]\)-1\$/\1/p" | sort -n | tail -n 1)
	[ -z "$last" ] || listens "$1-$last" "$APP_PORT" ||
		fail "$1 does not listen at APP_PORT=$APP_PORT, and nginx/instances/$1.conf is not there to say where, nothing was touched: set APP_PORT to what $1 was deployed with, and change it after this"
	write_instances "$1" "$last"
)

# Called with the lock, after a look at the containers
reconcile() {
	# Neither Compose nor nginx starts anything without them
	[ -e app.env ] || (umask 077 && : >app.env)
	for group in blue green; do
		[ -s "nginx/instances/$group.conf" ] || {
			restore_instances "$group" || exit
			see
		}
	done
	# It takes all requests
	if ! is_running nginx && [ -n "$(live_group)" ]; then
		state=$(seen_of nginx status)
		say "nginx is ${state:-gone}: starting it"
		run_nginx
	fi
	find_live
	[ -n "$live" ] || return 0
	# Both files, or none, are what somebody's hand has left
	[ -e "nginx/live/$live" ] || : >"nginx/live/$live"
	rm -f "nginx/live/$idle"
	# A command that was killed between the switch and its line
	if [ -n "$live_version" ] && [ "$(last_live)" != "$live_version" ]; then
		say "history did not know yet that $live_version went live"
		record "$live_version" switched "group=$live" "image=$(image_of "$live")"
	fi
}

# What runs in the idle group: "off", "warm" (it was live before, and could be again at once), "not ready" (it was live, too),
# "rolled back" or "left behind" (it was never live: a deploy was cut off)
idle_state() {
	if ! exists "$idle"; then
		echo off
	elif ! is_way_back "$(version_of "$idle")"; then
		echo 'left behind'
	elif was_left "$(version_of "$idle")"; then
		echo 'rolled back'
	elif ! is_warm "$idle"; then
		echo 'not ready'
	else
		echo warm
	fi
}

# is_way_back VERSION: the idle group runs it, and runs what was live under that name
is_way_back() {
	[ "$(version_of "$idle")" = "$1" ] && was_live "$1" || return
	was=$(image_in_history "$1")
	[ -z "$was" ] || [ "$was" = "$(image_of "$idle")" ]
}

# Where ./rollback.sh goes by itself: to the release before; or to the same one in the other group, as long as that is warm
next_back() {
	if [ "$(version_of "$idle")" = "$live_version" ] && is_way_back "$live_version" && is_warm "$idle"; then
		echo "$live_version"
	else
		release_before "$live_version"
	fi
}

# What is up in the idle group and is not the way back is in the way.
remove_left_behind() {
	state=$(idle_state)
	case $state in
		'left behind' | 'rolled back')
			say "removing $(version_of "$idle") in $idle: $state by a command that was cut off"
			kill_group "$idle"
			;;
		# A JVM that boots does not hear TERM
		'not ready') kill_group "$idle" ;;
	esac
}
