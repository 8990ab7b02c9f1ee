#!/bin/sh
# Makes the image of what was built, and pushes it: target/image.txt is its name by digest, which nothing else can get.
#
# REGISTRY   where to push, such as ghcr.io/you
# JRE        another image with a Java runtime than the one that the Dockerfile names
set -eu
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR/..
. ci/release.sh

# Registries know no capital letters, names of users do
image=$(printf %s "${REGISTRY:?where to push, such as ghcr.io/you}/guest-book" | tr '[:upper:]' '[:lower:]'):$version
[ -f target/guest-book.jar ] || fail "target/guest-book.jar not found: run ci/build.sh" 2
# No attestations: they carry the time of the build, and older engines cannot load them
export BUILDX_NO_DEFAULT_ATTESTATIONS=1

build() {
	say "building the image $image"
	# BUILD_OPTIONS is several words
	# shellcheck disable=SC2086
	docker build --quiet ${BUILD_OPTIONS:-} ${JRE:+--build-arg "JRE=$JRE"} --build-arg "VERSION=$version" --build-arg "COMMIT=$commit" \
		--build-arg "CREATED=$created" \
		--tag "$image" . >target/image.log 2>&1 || {
		tail -n 20 target/image.log >&2
		fail "the image could not be built"
	}
	say "pushing it"
	docker push --quiet "$image" >target/push.log 2>&1 ||
		fail "the registry did not take the image, nothing was shipped: $(tail -n 1 target/push.log)"
}

# Whether the registry has one of this very commit: what was built once is not built again
is_there() {
	docker pull --quiet "$image" >/dev/null 2>&1 &&
		[ "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.revision"}}' "$image")" = "$commit" ]
}

if is_there; then
	say "the registry has the image $image"
else
	build
fi
# Of all names by digest the one in this registry
docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$image" | grep "^${image%:*}@" >target/image.txt
if [ -n "${GITHUB_OUTPUT:-}" ]; then
	printf '%s\n' "image=$(cat target/image.txt)" "version=$version" >>"$GITHUB_OUTPUT"
fi
