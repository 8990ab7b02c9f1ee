#!/bin/sh
# Makes a release: an image, packed for a server that has no registry to pull it from.
#
#   ./build.sh VERSION           the jar becomes the image IMAGE:VERSION and the archive target/releases/VERSION/image.tar
#   APP=DIR ./build.sh VERSION   the same for a project of your own: the newest executable jar in DIR/target (Maven) or
#                                DIR/build/libs (Gradle), which you have built; releases/ is beside it, in DIR/target or DIR/build
#
# IMAGE is in server/settings.sh, of this folder or of DIR. Set JAR to take another jar, JRE to build on another Java runtime's image
# than the one that the Dockerfile names, and OUT to put releases/ into another folder. The build starts the application once, for faster
# boots (AOT cache). If it cannot start there, because it needs its database or a password, the image is made without that;
# AOT=no does not try.
set -eu

fail() {
	echo "build.sh: $1" >&2
	exit "${2:-1}"
}

# newest_jar DIR: of those that Spring Boot has made executable
newest_jar() {
	newest=
	for file in "$1"/target/*.jar "$1"/build/libs/*.jar; do
		if grep -qs BOOT-INF/ "$file" && { [ -z "$newest" ] || [ -n "$(find "$file" -newer "$newest")" ]; }; then
			newest=$file
		fi
	done
	echo "$newest"
}

version=${1:-}
case $version in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	'') fail "which version? usage: ./build.sh VERSION" 2 ;;
esac
app=.
if [ -n "${APP:-}" ]; then
	app=$(CDPATH='' cd "$APP" 2>/dev/null && pwd) || fail "$APP is not a folder" 2
	[ -f "$app/server/settings.sh" ] || fail "$APP has no server/settings.sh, which names the service" 2
	jar=${JAR:-$(newest_jar "$app")}
	[ -n "$jar" ] || fail "no executable jar in $APP/target or $APP/build/libs: build the project first (mvn package, gradle bootJar)" 2
fi
cd "$(dirname "$0")"
: "${jar:=${JAR:-target/guest-book-$version.jar}}"
[ -f "$jar" ] || fail "$jar not found: run ../mvnw package" 2
case $jar in
	"$app"/build/*) out=${OUT:-$app/build} ;;
	*) out=${OUT:-$app/target} ;;
esac
# shellcheck source=/dev/null
image=$(. "$app/server/settings.sh" && echo "${IMAGE:-${SERVICE:-bluegreen}}"):$version
archive=$out/releases/$version/image.tar
packed=$out/image-$version.id
log=$out/image-$version.log
mkdir -p "$out/releases/$version"

# An image that only this engine has is out of reach of builders that run elsewhere
BUILDX_BUILDER=$(docker context show 2>/dev/null || echo default)
# No attestations: they carry the time of the build, and an older engine cannot load them
BUILDX_NO_DEFAULT_ATTESTATIONS=1
export BUILDX_BUILDER BUILDX_NO_DEFAULT_ATTESTATIONS

# build [OPTION...]: only the Dockerfile and the jar are sent to the engine
build() {
	tar -cf - Dockerfile -C "$(dirname "$jar")" "$(basename "$jar")" |
		docker build --build-arg "VERSION=$version" --build-arg "JAR=$(basename "$jar")" ${JRE:+--build-arg "JRE=$JRE"} \
			--label "org.opencontainers.image.title=$(basename "${image%:*}")" --tag "$image" "$@" - >"$log" 2>&1
}

echo "==> building $image${APP:+ from $jar}"
if [ "${AOT:-yes}" = no ] || ! build; then
	build --build-arg AOT=no || {
		tail -n 20 "$log" >&2
		fail "the image $image could not be built (log: $log)"
	}
	[ "${AOT:-yes}" = no ] || echo "==> without an AOT cache, because the application did not start at the build"
fi

id=$(docker image inspect --format '{{.Id}}' "$image")
if [ -f "$archive" ] && [ "$(cat "$packed" 2>/dev/null)" = "$id" ]; then
	exit
fi
echo "==> packing $archive"
# By a rename, so that nobody ever ships half an archive
docker save --output "$archive.part" "$image" || fail "the image $image could not be packed: is the disk full?"
chmod a+r "$archive.part"
mv "$archive.part" "$archive"
echo "$id" >"$packed"
