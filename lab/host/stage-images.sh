# shellcheck shell=sh
# Which images the stages use: what releases are built on (Java), and what runs beside them (nginx, a registry, PostgreSQL). By
# default they are the lab's own, which need no registry. With WORKSHOP_IMAGES=official they are those that readers get. Both are
# handed to Maven, as the properties jre.image, nginx.image, registry.image and postgres.image of the root pom.xml.

# official_images: prints PROPERTY=IMAGE, one a line, as the files that readers take along have them
# shellcheck disable=SC2016 # as it is in the files
official_images() {
	# shellcheck disable=SC2016 # as it is in the files
	{
		sed -n 's/^ARG JRE=/jre.image=/p' step2-dockerized/Dockerfile
		sed -n 's/.*image: \${NGINX_IMAGE:-\(.*\)}.*/nginx.image=\1/p' step3-nginx-bluegreen/server/compose.yaml
		sed -n 's/.*image: \${REGISTRY_IMAGE:-\(.*\)}.*/registry.image=\1/p' step4-ci/server/registry.yaml
		sed -n 's/.*image: \${POSTGRES_IMAGE:-\(.*\)}.*/postgres.image=\1/p' step5-data/server/data/compose.yaml
	}
}

# Sets MAVEN_ARGS for every Maven that this command starts. Needs no engine yet.
choose_stage_images() {
	case ${WORKSHOP_IMAGES:-lab} in
		lab) chosen= ;;
		official) chosen=$(official_images) ;;
		*) usage_error "unknown WORKSHOP_IMAGES '$WORKSHOP_IMAGES': it is lab (the default) or official" ;;
	esac
	for property in $chosen; do
		MAVEN_ARGS="${MAVEN_ARGS:+$MAVEN_ARGS }-D$property"
		export MAVEN_ARGS
	done
	# What was packed with other images is packed again
	if [ "$(cat "$STAMPS/stage-images" 2>/dev/null)" != "$chosen" ]; then
		rm -f "$STAMPS"/step*
		mkdir -p "$STAMPS"
		printf '%s\n' "$chosen" >"$STAMPS/stage-images"
	fi
}

# Downloads the official images, if they are chosen and this engine does not have them. Before the build: the little server
# reaches no registry and gets them as archives.
ensure_stage_images() {
	[ "${WORKSHOP_IMAGES:-lab}" = official ] || return 0
	for property in $(official_images); do
		has_image "${property#*=}" || pull_stage_image "${property#*=}"
	done
}

pull_stage_image() {
	say "Downloading the image $1"
	logged stage-image-pull docker pull "$1" ||
		failed "$LOG" "the image $1 cannot be downloaded: check the network, or unset WORKSHOP_IMAGES to use the lab's own"
}
