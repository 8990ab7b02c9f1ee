#!/bin/sh
# What the images v1 and v2 weigh, and what is in it for a start of the JVM. Both have to be on this server.
#
#   ./figures.sh [ROUNDS]     ROUNDS of boot times each way, default 3
#
# Leaves what runs as it is.
set -eu
cd "$(dirname "$0")"

image=guest-book
rounds=${1:-3}
boot_limit=60 # seconds
trial=figures-trial

fail() {
	echo "figures.sh: $1" >&2
	exit "${2:-1}"
}

cleaned_up() {
	docker rm --force --volumes "$trial" >/dev/null 2>&1 || :
}
trap cleaned_up EXIT
trap 'exit 130' INT TERM HUP

# One line: what it is, and how much
row() {
	printf '%-54s %10s\n' "$1" "$2"
}

size() {
	awk -v bytes="$1" 'BEGIN { if (bytes < 1000000) printf "%.1f kB", bytes / 1000; else printf "%.1f MB", bytes / 1000000 }'
}

# packed IMAGE...: the bytes of an archive that holds them, what they share only once
packed() {
	docker save "$@" | wc -c
}

size_in_image() {
	docker run --rm --entrypoint stat "$image:v2" -c %s "$1"
}

heap() {
	docker run --rm "$@" --entrypoint java "$image:v2" -XX:+PrintFlagsFinal -version 2>/dev/null |
		awk '$2 == "MaxHeapSize" { print $4 }'
}

# boot MODE: the JVM's own word for how long it took until the service was ready, in seconds
boot() {
	docker run -d --name "$trial" --memory 512m -e "JAVA_TOOL_OPTIONS=-XX:AOTMode=$1" "$image:v2" >/dev/null
	deadline=$(($(date +%s) + boot_limit))
	until took=$(docker logs "$trial" 2>&1 | sed -n 's/.*process running for \([0-9.]*\)).*/\1/p') && [ -n "$took" ]; do
		[ "$(date +%s)" -lt "$deadline" ] || fail "$image:v2 did not start within $boot_limit s"
		sleep 0.1
	done
	docker rm --force --volumes "$trial" >/dev/null
	echo "$took"
}

median() {
	printf '%s\n' "$@" | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

case $rounds in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	'' | *[!0-9]* | 0) fail "ROUNDS is a whole number from 1 on, not '$rounds'" 2 ;;
esac
for version in v1 v2; do
	docker image inspect "$image:$version" >/dev/null 2>&1 || fail "$image:$version is not here: ./deploy.sh $version"
done

one=$(packed "$image:v1")
both=$(packed "$image:v1" "$image:v2")
row "image v1, as docker save packs it" "$(size "$one")"
row "what v2 adds to it: the layers the two do not share" "$(size $((both - one)))"
row "  of that the AOT cache" "$(size "$(size_in_image app.aot)")"
row "  of that the application's own classes" "$(size "$(size_in_image application.jar)")"

with='' without=''
for round in $(seq "$rounds"); do
	with="$with $(boot auto)"
	without="$without $(boot off)"
done
# shellcheck disable=SC2086 # numbers
with=$(median $with) without=$(median $without)
row "boot with the AOT cache, median of $round" "$with s"
row "boot without, taken in turns" "$without s"
row "  ratio" "$(awk -v a="$with" -v b="$without" 'BEGIN { printf "%.2f", a / b }')"

row "largest heap the JVM takes, --memory 512m" "$(size "$(heap --memory 512m)")"
row "largest heap without a limit, on this machine" "$(size "$(heap)")"
