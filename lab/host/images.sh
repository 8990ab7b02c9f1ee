# shellcheck shell=sh
# The images of the little server. Each is a folder of lab/images; here they stand in the order they build on each other.

IMAGES='jre nginx postgres registry witness server engine ci'

PREFIX=zero-downtime
BASE="$PREFIX/debian"
OFFICIAL=debian:trixie-slim
SUITE=trixie
CONTENT=dev.zerodowntime.content
OURS=dev.zerodowntime.workshop
# Seconds until a registry that answers shows a first sign, and until the download ends
SIGN_LIMIT=20
PULL_LIMIT=600

has_image() {
	docker image inspect "$1" >/dev/null 2>&1
}

is_current() {
	label=$(docker image inspect --format "{{index .Config.Labels \"$CONTENT\"}}" "$PREFIX/$1" 2>/dev/null) &&
		[ "$label" = "$(content_of "$1")" ]
}

# What an image is made of: its folder's files, and the layers of the image it stands on
# (not that image's id, which changes when an offline kit takes it to another engine).
content_of() {
	from=$(sed -n 's/^FROM \([^ ]*\).*/\1/p' "lab/images/$1/Dockerfile" | head -n 1)
	{
		find "lab/images/$1" -type f | LC_ALL=C sort | while IFS= read -r file; do
			printf '%s\n' "$file"
			cat "$file"
		done
		docker image inspect --format '{{json .RootFS.Layers}}' "$from" 2>/dev/null
	} | sha256 | cut -c 1-32
}

from_of() {
	sed -n "s/^FROM $PREFIX\/\([^ ]*\).*/\1/p" "lab/images/$1/Dockerfile" | head -n 1
}

# images_of STAGE_DIR: what its server is made from (Box.java chooses the same), what its pom.xml names, and what those
# stand on; in the order of IMAGES.
images_of() {
	if [ -f "$1/app/Dockerfile" ]; then
		needed=ci
	elif [ -f "$1/Dockerfile" ] || [ -f "$1/kit" ]; then
		needed=engine
	else
		needed=server
	fi
	needed="$needed $(sed -n 's/.*\${\([a-z]*\)\.image}.*/\1/p' "$1/pom.xml" | sort -u | tr '\n' ' ')"
	# shellcheck disable=SC2086 # one word per image
	needed=$(with_those_below $needed)
	for image in $IMAGES; do
		case " $needed " in
			*" $image "*) printf '%s ' "$image" ;;
		esac
	done
}

with_those_below() {
	for image in "$@"; do
		while [ "$PREFIX/$image" != "$BASE" ]; do
			printf '%s ' "$image"
			image=$(from_of "$image")
		done
	done
}

# ensure_images IMAGE...
ensure_images() {
	has_image "$BASE" || make_base
	for image in "$@"; do
		is_current "$image" || build_image "$image"
	done
}

build_image() {
	step "Building the image $PREFIX/$1"
	# The image below is in this engine only, so a reader's own choice of another builder must not count
	logged "image-$1" env BUILDX_BUILDER="$(docker context show 2>/dev/null || echo default)" \
		docker build --force-rm --label "$OURS=true" --label "$CONTENT=$(content_of "$1")" --tag "$PREFIX/$1" "lab/images/$1" ||
		failed "$LOG" "the image $PREFIX/$1 could not be built: without internet, use an offline kit (./workshop setup --from DIR)"
	# What packs the image that was there before
	grep -lF "\${$1.image}" step*-*/pom.xml | while IFS= read -r pom; do
		rm -f "$STAMPS/${pom%/pom.xml}"
	done
	# What this one replaces, and what an interrupted build left
	docker image prune -f --filter "label=$OURS" >/dev/null 2>&1 || :
}

make_base() {
	if has_image "$OFFICIAL"; then
		label_base
	elif pull_official; then
		label_base
		# The reader had no such tag before
		docker rmi "$OFFICIAL" >/dev/null 2>&1 || :
	elif may_install; then
		bootstrap_base
	else
		failed "$LOG" "the image $OFFICIAL cannot be downloaded: check the network, or use an offline kit (./workshop setup --from DIR)"
	fi
}

# A label, because clean removes what carries it; images and containers made from this one inherit it.
label_base() {
	logged image-debian env BUILDX_BUILDER="$(docker context show 2>/dev/null || echo default)" \
		sh -c "printf 'FROM %s\n' $OFFICIAL | docker build --label $OURS=true --tag $BASE -" ||
		failed "$LOG" "the image $BASE could not be made from $OFFICIAL"
}

pull_official() {
	step "Downloading the image $OFFICIAL"
	start image-pull docker pull "$OFFICIAL"
	waited=0
	while kill -0 "$CHILD" 2>/dev/null; do
		if [ "$waited" -ge "$PULL_LIMIT" ] || { [ "$waited" -ge "$SIGN_LIMIT" ] && [ ! -s "$LOG" ]; }; then
			echo "no answer from the registry within $waited seconds" >>"$LOG"
			stop_child
			return 1
		fi
		sleep 1
		waited=$((waited + 1))
	done
	finish
}

bootstrap_base() {
	step "No registry answers: making the image $BASE from Debian's packages"
	command -v debootstrap >/dev/null 2>&1 || apt_install debootstrap debootstrap
	# Not in this folder, which may be on a disk without device files, or have a space in its name
	rootfs=$(mktemp -d /var/tmp/zero-downtime.XXXXXX)
	scratch "$rootfs"
	logged debootstrap debootstrap --variant=minbase "$SUITE" "$rootfs" ||
		failed "$LOG" "debootstrap could not make a Debian $SUITE: check the network, or use an offline kit (./workshop setup --from DIR)"
	rm -rf "$rootfs"/var/cache/apt/* "$rootfs"/var/lib/apt/lists/*
	# shellcheck disable=SC2016 # the inner shell expands
	logged image-debian sh -c 'tar -C "$1" -c . | docker import --change "CMD [\"sh\"]" --change "LABEL $2=true" - "$3"' sh "$rootfs" "$OURS" "$BASE" ||
		failed "$LOG" "the image $BASE could not be imported"
	sweep
}
