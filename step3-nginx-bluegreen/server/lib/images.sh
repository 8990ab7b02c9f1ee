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

# local_name IMAGE: as the engine lists it, without the name of Docker Hub
local_name() {
	local_name=${1#index.}
	local_name=${local_name#docker.io/}
	echo "${local_name#library/}"
}

# id_of IMAGE: empty if the engine does not have it
id_of() {
	docker image inspect --format '{{.Id}}' "$1" 2>/dev/null 9>&- || :
}

# digest_of VERSION: what the registry calls its image, whatever the tag there means by now; empty if it came from no registry
digest_of() {
	docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$IMAGE:$1" 2>/dev/null 9>&- |
		sed -n "s,^$(local_name "$IMAGE")@,,p" | head -n 1
}

# get_release: afterwards the engine has the image, and in $digest is what the registry calls it
get_release() {
	if [ -n "$back" ] && [ -z "$(id_of "$IMAGE:$version")" ] && [ ! -f "$archive" ] && has_registry; then
		digest=$(digest_in_history "$version")
	fi
	find_release
	[ -n "$digest" ] || digest=$(digest_of "$version")
	[ -n "$back" ] || return 0
	was=$(image_in_history "$version")
	[ -z "$was" ] || [ "$was" = "$(id_of "$IMAGE:$version")" ] ||
		say "$version is the name of another image now than when it was live: that was $was"
}

find_release() {
	if [ -n "$digest" ]; then
		[ -n "$(id_of "$IMAGE@$digest")" ] || pull "$IMAGE@$digest"
		has=$(id_of "$IMAGE:$version")
		[ -z "$has" ] || [ "$has" = "$(id_of "$IMAGE@$digest")" ] ||
			fail "$version is the name of another image on this server, nothing was touched: give $digest another name"
		docker tag "$IMAGE@$digest" "$IMAGE:$version" 9>&-
	elif [ -n "$(id_of "$IMAGE:$version")" ] || [ -f "$archive" ]; then
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
