# shellcheck shell=sh
# The offline kit: everything that set-up downloads, in one folder, for a classroom without internet.

SUMS=SHA256SUMS
REPOSITORY=repository.tar.gz
KIT_TITLE='# Offline kit of the zero-downtime workshop'

# kit_path DIR: as the caller meant it
kit_path() {
	case $1 in
		/* | [A-Za-z]:*) printf '%s\n' "$1" ;;
		*) printf '%s\n' "$CALLER/$1" ;;
	esac
}

# What is replaced by a new kit must be an old one, and nothing of the reader's beside it.
is_nothing_but_a_kit() {
	[ "$(head -n 1 "$1/README.md" 2>/dev/null)" = "$KIT_TITLE" ] || return 1
	for entry in "$1"/* "$1"/.[!.]*; do
		case ${entry##*/} in
			README.md | "$SUMS" | "$REPOSITORY" | images-*.tar.gz | apache-maven-*-bin.zip | '.[!.]*') ;;
			*) return 1 ;;
		esac
	done
}

write_kit() {
	kit=$(kit_path "$1")
	kit=${kit%/}
	if [ -e "$kit" ] && [ -n "$(ls -A "$kit" 2>/dev/null)" ] && ! is_nothing_but_a_kit "$kit"; then
		die "$kit has other things in it: name a folder that is new or empty"
	fi
	set_up
	take_lock
	half="$kit.part"
	rm -rf "$half"
	mkdir -p "$half/repository" 2>/dev/null || die "cannot write to $kit: name a folder of yours"
	scratch "$half"
	pack_images
	pack_maven
	pack_repository
	kit_readme >"$half/README.md"
	# docker save keeps its file to its owner
	chmod a+r "$half"/*
	(cd "$half" && sha256 ./*.gz ./*.zip ./README.md >"$SUMS")
	rm -rf "$kit"
	mv "$half" "$kit"
	release_lock
	echo "The offline kit is in $1 ($(du -sh "$kit" | cut -f 1)). On the other machine: ./workshop setup --from DIR"
}

pack_images() {
	step "Packing the images"
	set -- "$BASE"
	for image in $IMAGES; do
		set -- "$@" "$PREFIX/$image"
	done
	archive="$half/images-$ENGINE_ARCH.tar"
	{ logged kit-images docker save -o "$archive" "$@" && logged kit-images gzip -1 "$archive"; } ||
		failed "$LOG" "the images could not be written to $half: is the disk full?"
}

pack_maven() {
	find_maven || :
	step "Packing Maven"
	fetch_maven "$half/$MAVEN_NAME-bin.zip" || failed "$LOG" "Maven cannot be downloaded: check the network and try again"
}

# Into a repository of its own, so that nothing else of the reader's gets in. The tests are run, but none is
# chosen: so Maven downloads what running them needs as well.
pack_repository() {
	step "Packing the Maven repository (downloads everything once more)"
	logged kit-maven ./mvnw -B -ntp -q "-Dmaven.repo.local=$half/repository" install \
		-Dtest=NoTest -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=NoTest -Dfailsafe.failIfNoSpecifiedTests=false ||
		failed "$LOG" "Maven could not fill the kit's repository"
	rm -rf "$half/repository/dev/zerodowntime"
	# Maven believes a file whose origin it knows only when the other machine has that same origin configured
	find "$half/repository" \( -name _remote.repositories -o -name '*.lastUpdated' \) -exec rm -f {} +
	logged kit-maven tar -C "$half/repository" -czf "$half/$REPOSITORY" . ||
		failed "$LOG" "the repository could not be written to $half: is the disk full?"
	rm -rf "$half/repository"
}

kit_readme() {
	cat <<-END
		$KIT_TITLE

		Made for $ENGINE_ARCH machines. It holds the little server's images, Maven and the Maven repository.
		Bring besides: a JDK $MIN_JAVA or newer, Docker (installed and started), and the workshop's own folder
		in the version this kit was made with.

		1. Copy this folder to the machine.
		2. In the workshop's folder: \`./workshop setup --from DIR\`
		3. \`./workshop doctor\` tells whether something is still missing.
	END
}

use_kit() {
	kit=$(kit_path "$1")
	kit=${kit%/}
	need_java
	take_lock
	check_kit
	ensure_engine
	load_images
	find_maven || {
		step "Unpacking Maven"
		[ -f "$kit/$MAVEN_NAME-bin.zip" ] || die "$kit brings another Maven than $MAVEN_NAME: make the kit again from this version of the workshop"
		unpack_maven "$kit/$MAVEN_NAME-bin.zip"
	}
	step "Filling the Maven repository"
	mkdir -p "$HOME/.m2/repository" 2>/dev/null || die "cannot write to $HOME/.m2/repository: set HOME to a folder of yours"
	# By redirection: tar takes the colon of C:/kit for a host's name
	# shellcheck disable=SC2016 # the inner shell expands
	logged kit-maven sh -c 'tar -C "$1" -xzf - <"$2"' sh "$HOME/.m2/repository" "$kit/$REPOSITORY" || failed "$LOG" "the kit's Maven repository could not be unpacked to $HOME/.m2/repository: is the disk full?"
	# shellcheck disable=SC2034 # build reads it
	MAVEN_OFFLINE=-o
	date_build
	# shellcheck disable=SC2046 # module names are one word each
	ensure_compiled $(modules)
	# shellcheck disable=SC2046
	ensure_packed $(modules)
	release_lock
}

check_kit() {
	[ -d "$kit" ] || die "there is no folder $kit: name the folder of an offline kit"
	{ [ -f "$kit/$SUMS" ] && [ -f "$kit/$REPOSITORY" ]; } || die "$kit is not a whole offline kit: make one with ./workshop setup --offline-kit DIR, or copy it again"
	step "Checking the kit"
	(cd "$kit" && sha256 -c "$SUMS") >"$STATE/kit.sums" 2>/dev/null ||
		die "the kit in $kit is damaged ($(grep -v ': OK$' "$STATE/kit.sums" | cut -d : -f 1 | tr '\n' ' ' | sed 's/ $//')): copy it again"
	rm -f "$STATE/kit.sums"
}

load_images() {
	are_images_current && return
	archive="$kit/images-$ENGINE_ARCH.tar.gz"
	[ -f "$archive" ] || die "the kit in $kit has no images for this engine ($ENGINE_ARCH): make one on such a machine"
	step "Loading the images"
	logged kit-images docker load -i "$archive" || failed "$LOG" "Docker could not load $archive"
	are_images_current || die "the kit in $kit was made from another version of the workshop: make it again from this one"
}

are_images_current() {
	has_image "$BASE" || return 1
	for image in $IMAGES; do
		is_current "$image" || return 1
	done
}
