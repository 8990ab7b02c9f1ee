#!/bin/sh
# Removes what old releases have left on this server. KEEP in bluegreen/settings.sh says how many are old.
#
#   ./prune.sh folders    old folders of runs/ and deploys/: what a push and a deploy have printed, and their reports
#   ./prune.sh images     old images of the builds here, from the engine and from this server's own registry, and the build cache. The
#                         caller holds pipeline.lock: nothing is built or pushed meanwhile
#
# Kept are the KEEP newest, and always what stage 3's deploy keeps: what is live, warm, or what a rollback would go to. KEEP=0: all.
set -eu
cd "$(dirname "$0")"
. ./settings.sh

registry=http://${IMAGE_NAME%%/*}/v2/${IMAGE_NAME#*/}
# What a registry may have a manifest as
types='application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'

# The releases that can be gone back to, by their names and by their commits
names_here() {
	docker images --format '{{.Tag}}' "$deployed"
}

commits_here() {
	for version in $(names_here); do
		label "$deployed:$version" revision
	done
}

# kept_names: those, and of the last KEEP commits that the gate has seen
kept_names() {
	names_here
	[ ! -f releases.log ] || awk -v keep="$keep" '
		{ line[NR] = $2 " " $3 }
		END { for (at = NR; at > 0 && count < keep; at--) if (!(line[at] in seen)) { seen[line[at]]; count++; split(line[at], part, " "); print part[1] } }' releases.log
}

# older_than_kept FOLDER: of its folders with the name of a commit, those beyond the KEEP that were written to last
older_than_kept() {
	for run in "$1"/*/log; do
		commit=$(basename "$(dirname "$run")")
		[ ! -f "$run" ] || ! is_commit "$commit" || echo "$(stat -c %Y "$run") $commit"
	done | sort -rn | tail -n "+$((keep + 1))" | cut -d ' ' -f 2
}

prune_folders() {
	kept=$(commits_here)
	for folder in runs deploys; do
		for commit in $(older_than_kept "$folder"); do
			! printf '%s\n' "$kept" | grep -qxF "$commit" || continue
			# Held as long as it runs
			flock --nonblock "$folder/$commit/lock" rm -rf "$folder/$commit" || :
		done
	done
}

in_registry() {
	docker compose --progress quiet --file registry.yaml "$@"
}

# digest TAG: of its manifest in the registry
digest() {
	curl -q --noproxy '*' --silent --fail --max-time 10 --head --header "Accept: $types" "$registry/manifests/$1" |
		tr -d '\r' | sed -n 's/^Docker-Content-Digest: //Ip'
}

# prune_registry: deletes the old tags, and then all that no tag needs any more
prune_registry() {
	# It does not answer, or has nothing
	tags=$(curl -q --noproxy '*' --silent --fail --max-time 10 "$registry/tags/list") || return 0
	tags=$(printf '%s\n' "$tags" | sed -n 's/.*"tags":\[\(.*\)\].*/\1/p' | tr -d '"' | tr ',' '\n')
	kept_digests=$(for tag in $tags; do ! is_kept "$tag" || digest "$tag"; done)
	deleted=
	for tag in $tags; do
		! is_kept "$tag" || continue
		digest=$(digest "$tag")
		[ -n "$digest" ] || continue
		! printf '%s\n' "$kept_digests" | grep -qxF "$digest" || continue
		status=$(curl -q --noproxy '*' --silent --max-time 10 --output /dev/null --write-out '%{http_code}' --request DELETE "$registry/manifests/$digest") || :
		[ "$status" != 405 ] || fail "the registry deletes nothing: ./install.sh starts it with the settings in registry.yaml"
		deleted="$deleted $tag"
	done
	[ -n "$deleted" ] || return 0
	# It does not know afterwards what it has: it is started again. The two images have their program and its settings under other names
	# shellcheck disable=SC2016 # the container's shell expands
	problem=$(in_registry exec -T registry sh -c '
		program=$(command -v registry || command -v docker-registry)
		for settings in /etc/distribution/config.yml /etc/docker/registry/config.yml; do
			[ ! -f "$settings" ] || exec "$program" garbage-collect --delete-untagged "$settings"
		done
		echo "it has no settings where they are expected" >&2
		exit 1' 2>&1 >/dev/null) || say "the registry could not free its disk: $(printf '%s\n' "$problem" | tail -n 1)"
	in_registry restart registry
	deadline=$(($(date +%s) + 30))
	until curl -q --noproxy '*' --silent --fail --max-time 5 --output /dev/null "${registry%%/v2/*}/v2/"; do
		[ "$(date +%s)" -lt "$deadline" ] || fail "the registry does not answer 30 s after its restart: docker compose --file registry.yaml logs"
		sleep 0.1
	done
	say "removed from the registry:$deleted"
}

is_kept() {
	printf '%s\n' "$kept" | grep -qxF "$1"
}

prune_images() {
	kept=$(kept_names)
	for version in $(docker images --format '{{.Tag}}' "$IMAGE_NAME" | grep -vxF '<none>' || :); do
		is_kept "$version" || docker image rm "$IMAGE_NAME:$version" >/dev/null || :
	done
	case $IMAGE_NAME in
		localhost:*) prune_registry ;;
	esac
	# What builds have left: of the older builder images without a name, of BuildKit its cache
	docker image prune --force >/dev/null
	docker builder prune --force --keep-storage "$BUILD_CACHE" >/dev/null 2>&1 || :
}

# shellcheck disable=SC1091,SC2153 # stage 3's
answer=$(cd bluegreen && . lib/all.sh && echo "$KEEP|$IMAGE")
keep=${answer%%|*} deployed=${answer#*|}
[ "$keep" != 0 ] || exit 0
case ${1:-} in
	folders) prune_folders ;;
	images)
		# Nothing is pulled meanwhile
		exec 8<>gate.lock
		flock --timeout 60 8 || fail "another deploy is running: $(cat gate.lock)"
		prune_images 8>&-
		;;
	*) fail "usage: ./prune.sh folders|images" 2 ;;
esac
