# shellcheck shell=sh
# HAProxy's runtime API. HAProxy knows which servers there are, which are healthy, and which get requests: the scripts keep no second
# copy of that. A server's group is the first part of its name.

api=/run/haproxy/admin.sock

# balancer COMMANDS: several are separated by ; and are sent together
balancer() {
	printf '%s\n' "$1" | socat -t 10 - "UNIX-CONNECT:$api" 2>&1 9>&-
}

# Looks at all servers: NAME WEIGHT IN_FLIGHT ERRORS STATUS, one a line. ERRORS: requests that it answered with 5xx or did not answer
see() {
	seen=$(balancer 'show stat app 4 -1' | awk -F , '
		/^# / { for (i = 1; i <= NF; i++) column[$i] = i; next }
		NF > 1 { print $2, $column["uweight"], $column["scur"] + $column["qcur"], $column["hrsp_5xx"] + $column["econ"] + $column["eresp"], $column["status"] }')
	[ -n "$seen" ] || fail "the load balancer does not answer, nothing was touched: $(balancer 'show info' | head -n 1)"
}

# servers [GROUP]
servers() {
	echo "$seen" | awk -v group="${1:+$1-}" 'index($1, group) == 1 { print $1 }'
}

# in_flight NAME: of a server or a group
in_flight() {
	echo "$seen" | awk -v name="$1" '$1 == name || index($1, name "-") == 1 { count += $3 } END { print count + 0 }'
}

# errors_of GROUP: since HAProxy was started
errors_of() {
	echo "$seen" | awk -v group="$1" 'index($1, group "-") == 1 { count += $4 } END { print count + 0 }'
}

# is_up SERVER, are_up GROUP: as the balancer's health check sees it. DRAIN is the word for a server that is up and has the weight 0.
is_up() {
	echo "$seen" | awk -v server="$1" '$1 == server && ($5 == "UP" || $5 == "DRAIN") { up = 1 } END { exit !up }'
}

are_up() {
	echo "$seen" | awk -v group="$1-" '
		index($1, group) == 1 { if ($5 == "UP" || $5 == "DRAIN") up++; else down++ }
		END { exit !up || down }'
}

other() {
	case $1 in
		green) echo blue ;;
		*) echo green ;;
	esac
}

# weigh GROUP WEIGHT GROUP WEIGHT: shares of 100, the group that gets more comes first
weigh() {
	commands=
	while [ $# -gt 0 ]; do
		for server in $(servers "$1"); do
			commands="${commands}set weight app/$server $2;"
		done
		shift 2
	done
	answer=$(balancer "$commands" | sed '/^$/d')
	[ -z "$answer" ] || fail "the load balancer refuses the weights: $answer"
	save_weights
}

# For a restart of HAProxy
save_weights() {
	balancer 'show servers state app' >haproxy/state.new
	[ "$(head -n 1 haproxy/state.new)" = 1 ] || return 0
	mv haproxy/state.new haproxy/state
}

# drain NAME: waits until a server or a group has no request in flight, DRAIN_LIMIT seconds at most
drain() {
	deadline=$(($(now) + DRAIN_LIMIT))
	see
	until [ "$(in_flight "$1")" = 0 ]; do
		if [ "$(now)" -ge "$deadline" ]; then
			say "$1 has still $(in_flight "$1") requests in flight after $DRAIN_LIMIT s"
			return
		fi
		sleep 0.1
		see
	done
	say "drained $1"
}

# admit SERVER: it gets new requests, by its weight. withdraw SERVER: it gets none
admit() {
	balancer "set server app/$1 state ready" >/dev/null
	save_weights
}

withdraw() {
	balancer "set server app/$1 state drain" >/dev/null
	save_weights
}

# Finds which group gets the requests: $live, empty if none does, and $idle. If a command was killed while both groups had a share,
# the group with the greater share gets all requests. A server that was withdrawn is admitted: if it is not healthy, the health check
# keeps it out.
find_live() {
	see
	balancer "$(echo "$seen" | awk '{ printf "set server app/%s state ready;", $1 }')" >/dev/null
	# shellcheck disable=SC2046 # two numbers
	set -- $(echo "$seen" | awk '{ sub("-.*", "", $1); weight[$1] += $2 } END { print weight["blue"] + 0, weight["green"] + 0 }')
	live='' idle=blue
	[ "$1" -le "$2" ] || { live=blue idle=green; }
	[ "$2" -le "$1" ] || { live=green idle=blue; }
	if [ -n "$live" ] && [ "$1" != 0 ] && [ "$2" != 0 ]; then
		weigh "$live" 100 "$idle" 0
		say "both groups had requests: all go to $live"
		see
	fi
}
