# shellcheck shell=sh disable=SC2046,SC2086 # lists of instances and containers are words
# The two groups, blue and green: INSTANCES instances each, in containers that only deploy.sh and rollback.sh start and stop.

other() {
	case $1 in
		blue) echo green ;;
		*) echo blue ;;
	esac
}

# container INSTANCE...: its container's name
container() {
	for each in "$@"; do
		echo "$SERVICE-$each-1"
	done
}

# Where an instance is, as seen from this server; for "blue-" and "green-", what the addresses of all begin with
address() {
	case $1 in
		blue-*) echo "$SUBNET.1${1#blue-}" ;;
		green-*) echo "$SUBNET.2${1#green-}" ;;
	esac
}

# all_of GROUP: each instance it may have, whatever the settings say
all_of() {
	echo "$1-1 $1-2 $1-3 $1-4 $1-5 $1-6 $1-7 $1-8 $1-9"
}

# about GROUP: how it was deployed, which the settings may not say any more. In $port where it takes requests, in $ready where it
# says that it is ready, in $members its instances. nginx reads the same file (set_instances).
about() {
	if [ -s "nginx/instances/$1.conf" ]; then
		read -r _ port ready members <"nginx/instances/$1.conf"
	else
		read -r _ port ready members <<-END
			$(instances_file "$1")
		END
	fi
}

# instances GROUP: those that it was deployed with
instances() {
	about "$1"
	echo "$members"
}

# service INSTANCE: the start of its URL
service() {
	about "${1%-*}"
	echo "http://$(address "$1"):$port"
}

# The caller's proxy and ~/.curlrc have no say here
http() {
	curl -q --noproxy '*' --silent --output /dev/null "$@" 9>&-
}

compose() {
	docker compose --progress quiet "$@" 9>&-
}

# Looks at the containers of nginx and of both groups, in one call to the engine: a line each in $seen, for seen_of
see() {
	seen=$(docker container inspect --format "$LOOK" $(container nginx $(instances blue) $(instances green)) 2>/dev/null 9>&-) || :
}

LOOK='{{.Name}} container={{.Id}} status={{.State.Status}} restarts={{.RestartCount}} oom={{.State.OOMKilled}} image={{.Image}} name={{.Config.Image}} process={{.State.Pid}} '
LOOK="$LOOK"'since={{.State.StartedAt}} address={{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}} '
# shellcheck disable=SC2016 # the engine expands
LOOK="$LOOK"'ports={{range $port, $all := .HostConfig.PortBindings}}{{range $all}}:{{.HostPort}}:{{end}}{{end}} '
LOOK="$LOOK"'mounted={{range .Mounts}}{{if eq .Destination "/etc/service"}}{{.Source}}{{end}}{{end}}'

# seen_of INSTANCE FIELD: as it was when see was called; empty if there was no such container. The last field may have spaces.
# A rollback asks this often, and has to be quick: no other program is started.
seen_of() {
	of_it=${seen##*/"$SERVICE-$1"-1 }
	[ "$of_it" != "$seen" ] || return 0
	of_it=" ${of_it%%
*}"
	of_it=${of_it##* "$2"=}
	[ "$2" = mounted ] || of_it=${of_it%% *}
	printf '%s\n' "$of_it"
}

is_running() {
	[ "$(seen_of "$1" status)" = running ]
}

# runs GROUP: at least one of its instances does
runs() {
	for instance in $(present "$1"); do
		! is_running "$instance" || return 0
	done
	return 1
}

# Neither stopped nor started again by the engine
as_started() {
	is_running "$1" && [ "$(seen_of "$1" restarts)" = 0 ]
}

# exists GROUP: one of its instances has a container
exists() {
	case $seen in
		*"/$SERVICE-$1-"[1-9]"-1 "*) ;;
		*) return 1 ;;
	esac
}

# present GROUP: its instances that have a container
present() {
	for instance in $(instances "$1"); do
		[ -z "$(seen_of "$instance" container)" ] || echo "$instance"
	done
}

# of_group GROUP FIELD: of the first of its instances that has a container
of_group() {
	value=
	! exists "$1" || for number in 1 2 3 4 5 6 7 8 9; do
		value=$(seen_of "$1-$number" "$2")
		[ -z "$value" ] || break
	done
	echo "$value"
}

# version_of GROUP: the tag of its image; empty if it has no containers
version_of() {
	name=$(of_group "$1" name)
	echo "${name##*:}"
}

# image_of GROUP: what runs there, whatever its tag says by now
image_of() {
	of_group "$1" image
}

is_ready() {
	about "${1%-*}"
	http --globoff --fail --max-time 2 "http://$(address "$1")$ready"
}

# is_warm GROUP: all its instances run and are ready
is_warm() {
	for instance in $(instances "$1"); do
		is_running "$instance" && is_ready "$instance" || return
	done
}

# answers INSTANCE: on the port that requests come to, within a second, with less than 500; $problem says what is wrong
answers() {
	status=$(http --globoff --max-time 1 --write-out '%{http_code}' "$(service "$1")$WATCH_PATH") || :
	case $status in
		000) problem="$1 did not answer $WATCH_PATH within 1 s" ;;
		5??) problem="$1 answered $WATCH_PATH with $status" ;;
		*) return 0 ;;
	esac
	return 1
}

# well GROUP: all its instances run as they were started, are ready, and answer; $problem says what is wrong
well() {
	see
	for instance in $(instances "$1"); do
		# Where the engine does not answer, the instances may well do
		if ! as_started "$instance" && engine_answers; then
			if killed_for_memory "$instance"; then
				problem="$instance was killed for memory: it needs more than MEMORY=$MEMORY"
			elif ! is_running "$instance"; then
				problem="$instance is $(seen_of "$instance" status)"
			else
				problem="$instance ended and was started again"
			fi
			return 1
		fi
		answers "$instance" || return
		is_ready "$instance" || { problem="$instance is not ready" && return 1; }
	done
}

engine_answers() {
	problem=$(docker version 2>&1 >/dev/null 9>&-)
}

# serves GROUP: all its instances could take over at once, whatever they have been through
serves() {
	is_warm "$1" || return
	for instance in $(instances "$1"); do
		answers "$instance" || return
	done
}

# The cores that containers may have, a number each: not every machine has all of them, or counts from 0.
cores() {
	awk '$1 == "Cpus_allowed_list:" {
		count = split($2, ranges, ",")
		for (i = 1; i <= count; i++) {
			ends = split(ranges[i], range, "-")
			for (core = range[1]; core <= range[ends]; core++) print core
		}
	}' /proc/self/status
}

# Requests come first: a group that gets none, because it boots or stops, gets what is left of half the cores.
FEW_SHARES=64
ALL_CORES=
count_cores() {
	[ -z "$ALL_CORES" ] || return 0
	ALL_CORES=$(cores | paste -s -d ,)
	HALF_THE_CORES=$(cores | awk '{ core[NR] = $1 } END { for (i = int(NR / 2) + 1; i <= NR; i++) print core[i] }' | paste -s -d ,)
	[ -n "$ALL_CORES" ] || fail "cannot read from /proc/self/status which cores there are, nothing was touched"
}

# Why not is in $problem
come_first() {
	count_cores
	# shellcheck disable=SC2034 # the caller shows it
	problem=$(docker update --cpu-shares 1024 --cpuset-cpus "$ALL_CORES" $(container $(instances "$1")) 2>&1 9>&-)
}

come_last() {
	count_cores
	docker update --cpu-shares "$FEW_SHARES" --cpuset-cpus "$HALF_THE_CORES" $(container $(present "$1")) >/dev/null 2>&1 9>&- || :
}

# What the instances of a group have logged is kept for its successor's first days
keep_logs() {
	mkdir -p log 2>/dev/null || {
		say "the logs of $1 are not kept: $(pwd)/log cannot be made"
		return
	}
	for instance in $(present "$1"); do
		docker logs "$(container "$instance")" >>"log/$instance.log" 2>&1 9>&- || :
	done
}

# stop GROUP: gracefully, and never the one that nginx routes to
stop() {
	routed=$(live_group) || exit 1
	[ "$routed" != "$1" ] || fail "$1 is live: it is not stopped"
	see
	exists "$1" || return 0
	if runs "$1"; then
		say "stopping $1"
		come_last "$1"
		keep_logs "$1"
		compose stop $(present "$1") || say "the engine could not stop $1 gracefully: killing it"
		say "stopped $1"
	fi
	kill_group "$1"
}

# For instances that serve nobody: a JVM that has only just been started does not hear TERM yet, and would be waited for
# as long as a request may take.
kill_group() {
	docker rm --force $(container $(all_of "$1")) >/dev/null 2>&1 9>&- || :
}
