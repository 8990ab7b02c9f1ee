# shellcheck shell=sh disable=SC2154 # variables of deploy.sh
# Where a release's image comes from: it is on this server, in an archive, or in a registry.

# pull IMAGE
pull() {
	say "pulling $1"
	problem=$(docker pull --quiet "$1" 2>&1 9>&-) ||
		fail "$1 could not be pulled, nothing was touched: $(printf '%s\n' "$problem" | tail -n 1)"
}

# Without a registry's name, Docker would ask Docker Hub for an image of somebody else
has_registry() {
	case ${IMAGE%%/*} in
		"$IMAGE") return 1 ;;
		*.* | *:* | localhost) ;;
		*) return 1 ;;
	esac
}

# get_release: afterwards the engine has the image
get_release() {
	if [ -n "$digest" ]; then
		docker image inspect "$IMAGE@$digest" >/dev/null 2>&1 9>&- || pull "$IMAGE@$digest"
		id=$(docker image inspect --format '{{.Id}}' "$IMAGE@$digest" 9>&-)
		has=$(docker image inspect --format '{{.Id}}' "$IMAGE:$version" 2>/dev/null 9>&-) || has=
		[ -z "$has" ] || [ "$has" = "$id" ] ||
			fail "$version is the name of another image on this server, nothing was touched: give $digest another name"
		docker tag "$IMAGE@$digest" "$IMAGE:$version" 9>&-
	elif docker image inspect "$IMAGE:$version" >/dev/null 2>&1 9>&- || [ -f "$archive" ]; then
		load "$IMAGE:$version" "$archive"
	elif has_registry; then
		pull "$IMAGE:$version"
	else
		# Another deploy has removed it since this one began
		fail "there is no version $version (there were: $versions)" 2
	fi
}

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

# is_digest TEXT: sha256: and 64 hexadecimal digits
is_digest() {
	hex=${1#sha256:}
	[ "$hex" != "$1" ] && [ "${#hex}" = 64 ] || return 1
	case $hex in *[!0-9a-f]*) return 1 ;; esac
}
