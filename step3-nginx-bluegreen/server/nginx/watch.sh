#!/bin/bash
# The command of nginx's container: it runs nginx, and beside it a watch over the instances of the live group. nginx itself notices only
# that an instance refuses connections. An instance that hangs accepts them, and each request that nginx passes to it would wait for an
# answer until proxy_read_timeout.
#
# An instance is taken out (the file OUT/INSTANCE, which nginx looks for at each request: out.conf)
#   - at once if it refuses connections, or its readiness says no: it is gone, or has been started again and is not ready yet
#   - if for WATCH_LIMIT seconds in a row it did not answer within a second, or answered WATCH_PATH with 500 or more
# and put back after two good checks in a row. At most one of a group is out, and only if another one is well when it is taken out: if
# none is well, the cause is elsewhere, and nginx passes requests to all of them. Requests in flight are not ended.
#
# bash and not sh, because bash can open a connection: an nginx image need not have curl. docker logs shows what was taken out and why.
set -u
OUT=/tmp/out
SETTINGS=/etc/service

# Sets $now, in seconds since the machine started
look_at_clock() {
	read -r now _ </proc/uptime
	now=${now%.*}
}

# get ADDRESS:PORT PATH: sets $status; exit status 1 if the connection is refused, 2 if nothing comes within a second
get() {
	exec 3<>"/dev/tcp/${1%:*}/${1#*:}" || return 1
	printf 'GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: watch\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
	status=
	read -r -t 1 -u 3 _ status _ || return 2
	exec 3>&-
	case $status in
		[1-5][0-9][0-9]) ;;
		*) return 2 ;;
	esac
}

# look ADDRESS:PORT: prints 0 if the instance is well, 1 if it says that it is not, 2 if it does not answer, or fails
look() {
	get "${1%:*}$ready_port" "$ready_path" || { echo $? && return; }
	[ "$status" -lt 400 ] || { echo 1 && return; }
	get "$1" "$watch_path" || { echo $? && return; }
	[ "$status" -lt 500 ] && echo 0 || echo 2
}

# Reads which instances the live group has, and how they are asked. All of it may have changed since the last check.
read_settings() {
	group=blue
	[ ! -e $SETTINGS/live/green ] || group=green
	other=green
	[ $group = blue ] || other=blue
	watch_path=/ watch_limit=3
	[ ! -s $SETTINGS/instances/watch ] || read -r watch_path watch_limit <$SETTINGS/instances/watch
	addresses=() ready=:8080/ members=()
	while read -r word rest; do
		case $word in
			'#') read -r _ ready rest <<<"$rest" && read -ra members <<<"$rest" ;;
			server) addresses+=("${rest%% *}") ;;
		esac
	done <$SETTINGS/instances/$group.conf
	ready_port=${ready%%/*} ready_path=/${ready#*/}
}

say() {
	printf '%(%Y/%m/%d %H:%M:%S)T [watch] %s\n' -1 "$*" >&2
}

take_out() {
	echo "$2" >"$OUT/$1" && say "$1 is taken out: $2"
}

put_back() {
	rm -f "$OUT/$1" && say "$1 is put back: it is well"
}

# One check of all instances at the same time; then takes out or puts back
round() {
	read_settings
	rm -f "$OUT/$other"-*
	local each from processes=() answers=() results=() well=0
	for each in "${!addresses[@]}"; do
		exec {from}< <(look "${addresses[each]}" 2>/dev/null)
		answers+=("$from")
		processes+=($!)
	done
	for each in "${!answers[@]}"; do
		# Where there is no container at an address, a connection is neither made nor refused
		read -r -t 2 -u "${answers[each]}" "results[each]" || results[each]=2
		kill "${processes[each]}" 2>/dev/null
		from=${answers[each]}
		exec {from}<&-
		[ "${results[each]}" != 0 ] || well=$((well + 1))
	done
	look_at_clock
	for each in "${!results[@]}"; do
		judge "${members[each]}" "${results[each]}"
	done
}

# judge INSTANCE RESULT
judge() {
	if [ "$2" = 0 ]; then
		unset "bad_since[$1]"
		good[$1]=$((${good[$1]:-0} + 1))
		[ ! -e "$OUT/$1" ] || [ "${good[$1]}" -lt 2 ] || put_back "$1"
		return
	fi
	good[$1]=0
	# The check itself has taken up to a second
	: "${bad_since[$1]:=$((now - 1))}"
	[ "$well" -gt 0 ] && ! compgen -G "$OUT/$group-*" >/dev/null || return
	if [ "$2" = 1 ]; then
		take_out "$1" "it is not ready, or refuses connections"
	elif [ "$((now - bad_since[$1]))" -ge "$watch_limit" ]; then
		take_out "$1" "it did not answer, or failed, for $watch_limit s"
	fi
}

watch() {
	declare -A bad_since good
	while :; do
		round
		sleep 1
	done
}

mkdir -p $OUT
watch &
exec nginx -c $SETTINGS/nginx.conf -g 'daemon off;'
