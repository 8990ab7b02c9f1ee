# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# What this server is told apart from the code. Its own values: local.sh

IMAGE_NAME=localhost:5000/guest-book   # the only image that is shipped here, by digest
REGISTRY_IMAGE=registry:3              # where there is none elsewhere: a registry of its own, on 127.0.0.1:5000
WAIT_LIMIT=1800                        # seconds that a push waits for the one before it
GATE_RATE=20                           # requests per second and mode that the probe sends around a deploy
MAX_DROPPED=0                          # so many lost requests are accepted
MAX_P99=1s                             # 99 of 100 answers have to come within this
# shellcheck source=/dev/null
[ ! -f local.sh ] || . ./local.sh
export REGISTRY_IMAGE

say() {
	echo "==> $*"
}

fail() {
	echo "$(basename "$0"): $1" >&2
	exit "${2:-1}"
}

# live version|revision: of what nginx routes to, empty if that is nothing
live() {
	colour=$(bluegreen/status.sh | awk '$2 == "live" { print $1 }')
	[ -z "$colour" ] ||
		docker container inspect --format "{{index .Config.Labels \"org.opencontainers.image.$1\"}}" "bluegreen-$colour-1-1"
}

is_commit() {
	[ "${#1}" = 40 ] || return 1
	case $1 in *[!0-9a-f]*) return 1 ;; esac
}
