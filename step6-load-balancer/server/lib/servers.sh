# shellcheck shell=sh disable=SC2034 # the callers print $problem
# The servers behind the load balancer: the scripts deploy to them by ssh, and ask them by http.

APP_PORT=8080
READY_PORT=8081 # management.server.port

# on SERVER COMMAND...: runs a command of agent.sh there. If the machine is off, it fails after 5 to 15 seconds.
on() {
	ssh -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 "$@" 9>&-
}

http() {
	curl --noproxy '*' -s -S "$@" 9>&-
}

# release_of SERVER...: which release answers there, one a line; an empty line for a server where none does
release_of() {
	for server in "$@"; do
		set -- "$@" -o /dev/null "http://$server:$APP_PORT/api/version"
		shift
	done
	http --max-time 2 -w '%header{x-app-version}\n' "$@" 2>/dev/null || :
}

is_ready() {
	http -f --max-time 2 -o /dev/null "http://$1:$READY_PORT/actuator/health/readiness" 2>/dev/null
}

# release_of_group GROUP: empty unless all its servers run the same one
release_of_group() {
	# shellcheck disable=SC2046 # words
	release_of $(servers "$1") | sort -u | awk '{ release = $1 } END { if (NR == 1) print release }'
}

# ship SERVER VERSION: copies the release there, unless it is there already
ship() {
	jar=releases/$2/app.jar
	sum=$(sha256sum <"$jar" | cut -d ' ' -f 1)
	on "$1" has "$2" "$sum" </dev/null || on "$1" receive "$2" "$sum" <"$jar"
}

# await_ready SERVER VERSION: waits until it says that it is ready, the load balancer has seen it, and that release answers. What
# failed is in $problem.
await_ready() {
	deadline=$(($(now) + READY_LIMIT)) tries=0
	until is_ready "$1" && [ "$(release_of "$1")" = "$2" ] && see && is_up "$1"; do
		tries=$((tries + 1))
		# A connection by ssh takes CPU from the requests
		if [ $((tries % 10)) = 0 ] && [ "$(on "$1" release </dev/null)" != "$2" ]; then
			problem="stopped by itself, or is off"
			return 1
		fi
		problem="was not ready within $READY_LIMIT s"
		[ "$(now)" -lt "$deadline" ] || return 1
		sleep 0.5
	done
}

# warm_up SERVER: the first requests must not pay for what a JVM learns only under load
warm_up() {
	problem="does not answer"
	http -f --max-time 30 -o /dev/null "http://$1:$APP_PORT/?warm-up=[1-$WARMUP]"
}
