#!/bin/sh
# Ships a release in a container: stop the old one, remove it, run the new one.
#
#   ./deploy.sh VERSION      ships the image guest-book:VERSION; if the engine does not have it yet, it is
#                            loaded from releases/VERSION/image.tar, which lies beside this script
#
# Lines that begin with "==> " tell what happens, as it happens.
# Exit status: 0 the release answers, 1 it does not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"

name=guest-book
port=8080
url=http://127.0.0.1:$port/api/version
start_limit=60 # seconds

say() {
	echo "==> $*"
}

fail() {
	echo "deploy.sh: $1" >&2
	exit "${2:-1}"
}

# A version that is on the server already is never loaded again: what once was shipped as v1 stays v1.
load() {
	if docker image inspect "$image" >/dev/null 2>&1; then
		return
	fi
	say "loading $image"
	problem=$(docker load --quiet --input "$archive" 2>&1) ||
		fail "$archive could not be loaded, nothing was touched: $problem"
	docker image inspect "$image" >/dev/null 2>&1 ||
		fail "$archive holds another image than $image, nothing was touched: $problem"
}

# live FORMAT: looks at the container that has our name, running or not
live() {
	docker container inspect --format "$1" "$name" 2>/dev/null
}

version_label='{{index .Config.Labels "org.opencontainers.image.version"}}'

# Whoever else has our name or our port must not be removed, and is better found before the service is down.
refuse_strangers() {
	stranger=$(live '{{.Config.Image}}') || stranger=$image
	case $stranger in
		guest-book:*) ;;
		*) fail "the name $name belongs to a container of $stranger: rename that one (docker rename), nothing was touched" ;;
	esac
	for stranger in $(docker ps --filter "publish=$port" --format '{{.Names}}'); do
		[ "$stranger" = "$name" ] ||
			fail "port $port belongs to the container $stranger: stop that one (docker stop), nothing was touched"
	done
}

stop() {
	if ! old=$(live "$version_label"); then
		say "nothing is running"
		return
	fi
	say "stopping $old"
	docker stop "$name" >/dev/null
	# Its log would be removed with it
	mkdir -p log
	docker logs "$name" >>log/app.log 2>&1
	docker rm "$name" >/dev/null
	say "removed the container of $old"
}

start() {
	say "starting $version"
	docker run -d \
		--name "$name" \
		-p "$port:8080" \
		-v guest-book-data:/data \
		-e GUESTBOOK_FILE=/data/entries.jsonl \
		--memory 512m \
		--restart unless-stopped \
		--log-opt max-size=10m \
		"$image" >/dev/null
}

# An answer alone proves little: it has to come from the container that was just started, whose id is its host name.
# Another release than the one asked for is left running: better than nothing.
answers() {
	answer=$(curl -fsS --max-time 2 "$url" 2>/dev/null) || return 1
	case $answer in
		*"\"version\":\"$version\",\"host\":\"$host\""*) ;;
		*"\"host\":\"$host\""*) fail "$version is not live: $image answers $answer" ;;
		*) return 1 ;;
	esac
}

give_up() {
	echo "deploy.sh: $version $1" >&2
	# Or it would be started again and again
	if docker stop "$name" >/dev/null 2>&1; then
		echo "deploy.sh: the last lines of its log (docker logs $name):" >&2
		docker logs --tail 15 "$name" 2>&1 | sed 's/^/    /' >&2
	fi
	fail "$version is not live; the way back: ./rollback.sh"
}

interrupted() {
	trap '' INT TERM HUP
	fail "interrupted; to put things right: ./deploy.sh $version, or ./rollback.sh" 130
}

version=${1:-}
image=guest-book:$version
archive=releases/$version/image.tar
case $version in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
esac
problem=$(docker version 2>&1 >/dev/null) || fail "the Docker engine does not answer, nothing was touched: $problem"
versions=$({ (cd releases 2>/dev/null && printf '%s\n' *) || :; docker images --format '{{.Tag}}' guest-book; } | sort -u | xargs)
case $version in
	'') fail "which version? usage: ./deploy.sh VERSION (there are: $versions)" 2 ;;
	[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version (there are: $versions)" 2 ;;
esac
[ -f "$archive" ] || docker image inspect "$image" >/dev/null 2>&1 ||
	fail "there is no version $version (there are: $versions)" 2

# The kernel drops this lock when the script ends, however it ends.
exec 9>deploy.lock
flock -n 9 || fail "another deploy is running: wait for it, nothing was touched"

load
refuse_strangers
trap interrupted INT TERM HUP
stop
start || give_up "could not be started"

host=$(live '{{.Config.Hostname}}')
deadline=$(($(date +%s) + start_limit))
until answers; do
	[ "$(live '{{.State.Running}} {{.RestartCount}}')" = "true 0" ] || give_up "stopped by itself"
	[ "$(date +%s)" -lt "$deadline" ] || give_up "did not answer on $url within $start_limit s"
	sleep 0.2
done
echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $version" >>history
say "$version answers"
