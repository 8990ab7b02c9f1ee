#!/bin/sh
# Ships a release beside the one that is live, and lets visitors over when it is ready: none of them is lost.
#
#   ./deploy.sh [--dry-run] [--no-bake] VERSION
#
# VERSION is an image bluegreen/guest-book:VERSION; if the engine does not have it yet, it is loaded from
# releases/VERSION/image.tar. --dry-run only says what would be done; with --no-bake the old colour is stopped as soon
# as it is drained. Settings: colours.sh.
#
# Lines that begin with "==> " tell what happens, as it happens. Killed at any point, it loses no visitor either: the
# next deploy puts things right.
# Exit status: 0 the release is live, 1 it is not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"
. ./colours.sh

# load IMAGE ARCHIVE: what the server has once is never loaded again, so what was shipped as v1 stays v1
load() {
	if docker image inspect "$1" >/dev/null 2>&1; then
		return
	fi
	say "loading $1"
	problem=$(docker load --quiet --input "$2" 2>&1 9>&-) || fail "$2 could not be loaded, nothing was touched: $problem"
	docker image inspect "$1" >/dev/null 2>&1 ||
		fail "$2 holds another image than $1, nothing was touched: $problem"
}

# A certificate of our own making, until there is a real one in its place
make_certificate() {
	[ ! -f tls/certificate.pem ] || return 0
	mkdir -p tls
	(umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
		-subj "/CN=$(hostname)" -keyout tls/key.pem -out tls/certificate.pem 2>/dev/null)
}

start_next() {
	say "starting $next with $version"
	export VERSION="$version"
	# Where nobody is live, nobody is in the way
	[ -z "$live" ] || export CPU_SHARES="$FEW_SHARES" CPUSET="$HALF_THE_CORES"
	compose up --detach --no-deps --force-recreate "$next-1" "$next-2" || give_up "$next-1" "could not be started"
}

await_ready() {
	deadline=$(($(now) + READY_LIMIT))
	for instance in "$next-1" "$next-2"; do
		until is_ready "$instance"; do
			[ "$(docker inspect --format '{{.State.Running}} {{.RestartCount}}' "bluegreen-$instance-1" 2>/dev/null)" = "true 0" ] ||
				give_up "$instance" "stopped by itself"
			[ "$(now)" -lt "$deadline" ] || give_up "$instance" "was not ready within $READY_LIMIT s"
			# Asking costs visitors, too
			sleep 0.5
		done
	done
	say "$next is ready"
}

# The first visitors must not pay for what a JVM learns only under load
warm_up() {
	pids=
	for instance in "$next-1" "$next-2"; do
		# Not "ask 9>&-": a shell keeps a copy of what it closes for a function, and with it the lock
		(exec 9>&- && ask "$instance") &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid" || give_up "$next-1" "(or $next-2) does not answer what warmup.txt asks"
	done
	say "$next is warm"
}

ask() {
	grep '^/' warmup.txt | while IFS= read -r path; do
		curl -fs -o /dev/null --max-time 30 "http://$(address "$1"):8080$path?warm-up=[1-$WARMUP_ROUNDS]" || exit 1
	done
}

# For instances that serve nobody: a JVM that has only just been started does not hear TERM yet, and would be waited for as
# long as a request may take.
kill_instances() {
	compose kill "$@" >/dev/null 2>&1 || :
	compose rm --force "$@" >/dev/null 2>&1 || :
}

# What a deploy that was killed has left, if it is not ready
kill_unready() {
	for instance in "$next-1" "$next-2"; do
		! is_running "$instance" || is_ready "$instance" || kill_instances "$instance"
	done
}

# give_up INSTANCE WHY: visitors have not noticed anything
give_up() {
	echo "deploy.sh: $1 with $version $2, the last lines of its log are:" >&2
	docker logs --tail 15 "bluegreen-$1-1" 2>&1 | sed 's/^/    /' >&2
	kill_instances "$next-1" "$next-2"
	record failed
	fail "$version is not live; ${live:-nothing} was, and is, untouched"
}

first_switch() {
	route "$next" "$next-1" "$next-2"
	compose up --detach --no-deps nginx
	deadline=$(($(now) + 30))
	until [ "$(header X-App-Colour)" = "$next" ]; do
		[ "$(now)" -lt "$deadline" ] || fail "nginx does not answer at $service: docker logs bluegreen-nginx-1"
		sleep 0.1
	done
}

# Both colours serve for a while, when that is wanted
overlap() {
	[ "$OVERLAP" -gt 0 ] || return 0
	cp "$upstream" "$upstream.before"
	route "$next" "$next-1" "$next-2" "$live-1" "$live-2"
	reload "$next"
	say "both colours serve for $OVERLAP s"
	sleep "$OVERLAP"
}

# The old colour is not needed any more, unless somebody goes back. Meanwhile the lock is free: for ./rollback.sh, and for
# the next deploy, which then needs the old colour itself.
bake() {
	[ "$BAKE" -gt 0 ] || return 0
	say "$live stays warm for $BAKE s: ./rollback.sh goes back at once"
	warm=$(container_of "$live-1")
	release_lock
	deadline=$(($(now) + BAKE))
	while [ "$(now)" -lt "$deadline" ]; do
		sleep 1
		look_around
	done
	if ! try_lock "deploy of $version, after its bake time"; then
		look_around
		taken_over
	fi
	look_around
}

# Ends this deploy where somebody else has gone on from it
look_around() {
	[ "$(container_of "$live-1")" = "$warm" ] || taken_over
	[ "$(live_colour)" != "$live" ] || rolled_back
}

taken_over() {
	record live
	say "$version is live, and $live is now in other hands: $(cat deploy.lock)"
	exit
}

rolled_back() {
	record rolled-back
	fail "$version was rolled back"
}

interrupted() {
	trap '' INT TERM HUP
	fail "interrupted while: ${phase:-preparing}. What is live goes on; ./deploy.sh puts things right, ./status.sh tells what is live" 130
}

dry_run='' version=''
for argument in "$@"; do
	case $argument in
		-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
		--dry-run) dry_run=yes ;;
		--no-bake) BAKE=0 ;;
		-*) fail "unknown option $argument: ./deploy.sh --help" 2 ;;
		*)
			[ -z "$version" ] || fail "one version, please: ./deploy.sh [--dry-run] [--no-bake] VERSION" 2
			version=$argument
			;;
	esac
done
problem=$(docker version 2>&1 >/dev/null) || fail "the Docker engine does not answer, nothing was touched: $problem"
versions=$({ (cd releases 2>/dev/null && printf '%s\n' *) || :; docker images --format '{{.Tag}}' "$image"; } | sort -u | xargs)
case $version in
	'') fail "which version? usage: ./deploy.sh VERSION (there are: $versions)" 2 ;;
	[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version (there are: $versions)" 2 ;;
esac
archive=releases/$version/image.tar
[ -f "$archive" ] || docker image inspect "$image:$version" >/dev/null 2>&1 ||
	fail "there is no version $version (there are: $versions)" 2

take_lock "deploy of $version"
live=$(live_colour) || exit 1
next=$(other "$live")
if [ -n "$dry_run" ]; then
	say "live: ${live:-nothing} ${live:+with $(version_of "$live")}"
	say "would start $next-1 and $next-2 with $version, switch when both are ready, drain${live:+, keep $live warm for $BAKE s and stop it}"
	exit
fi
phase load
load "$image:$version" "$archive"
# Where there is a registry, Compose pulls it
[ ! -f images/nginx.tar ] || load "$NGINX_IMAGE" images/nginx.tar
trap interrupted INT TERM HUP
make_certificate
if [ -n "$live" ]; then
	is_running nginx || compose up --detach --no-deps nginx
	# What a deploy that was killed has left: workers that still route to the other colour, and its instances
	OLD_WORKERS=$(draining_workers) || fail "the engine does not tell nginx's workers, nothing was touched: docker top bluegreen-nginx-1"
	[ -z "$OLD_WORKERS" ] || drain
fi
kill_unready
stop "$next"

phase boot
start_next
await_ready
phase warm-up
warm_up
phase switch
come_first "$next"
if [ -z "$live" ]; then
	first_switch
	say "$next is live"
	record live
	exit
fi
overlap
switch "$next"
say "switched to $next"
phase drain
drain
phase bake
bake
phase stop
stop "$live"
record live
say "$version is live"
