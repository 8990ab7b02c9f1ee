#!/bin/sh
# Makes a release: an image, packed for a server that has no registry to pull it from.
#
#   ./build.sh VERSION     the jar becomes the image IMAGE:VERSION and the archive target/releases/VERSION/image.tar
#
# IMAGE is in server/settings.sh. Set JAR to another jar than target/guest-book-VERSION.jar, and JRE to build on another Java
# runtime's image than the one that the Dockerfile names. AOT=no leaves out the training run, which starts the application once:
# for one that cannot start without its database. PROJECT is the folder with server/ and target/, if it is another one than this.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${PROJECT:-$here}"

fail() {
	echo "build.sh: $1" >&2
	exit "${2:-1}"
}

version=${1:-}
jar=${JAR:-target/guest-book-$version.jar}
# shellcheck source-path=SCRIPTDIR
image=$(. server/settings.sh && echo "${IMAGE:-${SERVICE:-bluegreen}}"):$version
archive=target/releases/$version/image.tar
packed=target/image-$version.id
log=target/image-$version.log

case $version in
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
	'') fail "which version? usage: ./build.sh VERSION" 2 ;;
esac
[ -f "$jar" ] || fail "$jar is missing: ../mvnw package makes it" 2

# An image that only this engine has is out of reach of builders that run elsewhere
BUILDX_BUILDER=$(docker context show 2>/dev/null || echo default)
# No attestations: they carry the time of the build, and an older engine cannot load them
BUILDX_NO_DEFAULT_ATTESTATIONS=1
export BUILDX_BUILDER BUILDX_NO_DEFAULT_ATTESTATIONS

echo "==> building $image"
docker build --build-arg "VERSION=$version" --build-arg "JAR=$jar" ${JRE:+--build-arg "JRE=$JRE"} ${AOT:+--build-arg "AOT=$AOT"} --tag "$image" --file "$here/Dockerfile" . >"$log" 2>&1 || {
	tail -n 20 "$log" >&2
	fail "the image $image could not be built (log: $log)"
}

id=$(docker image inspect --format '{{.Id}}' "$image")
if [ -f "$archive" ] && [ "$(cat "$packed" 2>/dev/null)" = "$id" ]; then
	exit
fi
echo "==> packing $archive"
mkdir -p "target/releases/$version"
# By a rename, so that nobody ever ships half an archive
docker save --output "$archive.part" "$image" || fail "the image $image could not be packed: is the disk full?"
chmod a+r "$archive.part"
mv "$archive.part" "$archive"
echo "$id" >"$packed"
