# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# What this server is told apart from the code. Its own values: local.sh

IMAGE_NAME=localhost:5000/guest-book   # the only image that is shipped here, by digest
REGISTRY_IMAGE=registry:3              # where there is none elsewhere: a registry of its own, on 127.0.0.1:5000
WAIT_LIMIT=1800                        # seconds that a push waits for the one before it, and a deploy for the one before it
GATE_URL=                              # where the gate sends its requests; empty: http://127.0.0.1, at nginx's port for http
GATE_REQUESTS=gate-requests.txt        # what it requests, in turn: a file with one line each
GATE_RATE=20                           # requests per second and mode, fresh and keep-alive
GATE_TIMEOUT=1s                        # a request without a complete answer after this is lost
MAX_DROPPED=0                          # so many lost requests are accepted from a new release
MAX_P99=500ms                          # 99 of 100 of its answers have to come within this
BUILD_CACHE=2GB                        # so much of the build cache stays on this server after a push (BuildKit)
# shellcheck source=/dev/null
[ ! -f local.sh ] || . ./local.sh
IMAGE_NAME=$(printf %s "$IMAGE_NAME" | tr '[:upper:]' '[:lower:]')
export REGISTRY_IMAGE

# Nobody may read it any more: that is no reason to stop
say() {
	printf '==> %s\n' "$*" 2>/dev/null || :
}

# fail MESSAGE [STATUS]
fail() {
	printf '%s: %s\n' "$(basename "$0")" "$1" >&2 2>/dev/null || :
	exit "${2:-1}"
}

# look: asks stage 3's scripts what is live. In $group, $release and $running: the group (blue or green), its version and the id
# of its image; all empty if nothing is live. In $port and $subnet their settings. An error, after a message, where that cannot be
# read.
look() {
	# shellcheck disable=SC1091,SC2153,SC2154 # stage 3's
	answer=$(cd bluegreen && . lib/all.sh && check_server && look_up && 
		printf '%s|%s|%s|%s|%s' "$live" "$live_version" "$(image_of "$live")" "$HTTP_PORT" "$SUBNET") || return
	IFS='|' read -r group release running port subnet <<-END
		$answer
	END
}

# label IMAGE NAME: what the image says about itself; empty if nothing
label() {
	docker image inspect --format "{{index .Config.Labels \"org.opencontainers.image.$2\"}}" "$1"
}

# record VERSION COMMIT IMAGE RESULT: a line in releases.log. The last line of a commit says what became of it:
#   live             it went live, and lost no more than MAX_DROPPED allows
#   unproven         it is live, but the gate could not judge it, or could not roll it back
#   failed           it is not live
#   rollback         it is live again, by a rollback
record() {
	printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>releases.log || say "releases.log could not be written, it lacks: $*"
}

is_commit() {
	[ "${#1}" = 40 ] || return 1
	case $1 in *[!0-9a-f]*) return 1 ;; esac
}
