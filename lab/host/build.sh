# shellcheck shell=sh
# Compiles and installs the modules whose sources are newer than their last build.

STAMPS="$STATE/stamps"

# The site and the tests of the pages have dependencies that nothing else needs to download.
modules() {
	sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' pom.xml | grep -vxE 'site|browser'
}

# made_of MODULE: the module, and those whose sources end up in it: the lab is built on the probe, a stage on the lab and
# on the folders that its pom.xml names (stage 4 takes stage 3's scripts along).
made_of() {
	echo probe
	case $1 in
		probe) ;;
		lab) echo lab ;;
		*)
			printf 'lab\n%s\n' "$1"
			sed -n 's/.*\.\.\/\([a-z0-9-]*\).*/\1/p' "$1/pom.xml"
			;;
	esac
}

is_built() {
	stamp="$STAMPS/$1"
	[ -f "$stamp" ] || return 1
	ls "$1"/target/*.jar >/dev/null 2>&1 || return 1
	for module in $(made_of "$1"); do
		# A folder's date tells of files that were removed. The scripts, because a stage may stand on another's.
		newer=$(find pom.xml .mvn "$module/pom.xml" "$module/src" "$module/app" "$module/server" "$module/Dockerfile" "$module/.dockerignore" "$module"/*.sh -newer "$stamp" ! -path "*/src/it/*" 2>/dev/null)
		[ -z "$newer" ] || return 1
	done
}

# unbuilt MODULE...: those of them that have to be built, separated by commas
unbuilt() {
	list=
	for module in "$@"; do
		(is_built "$module") || list="$list${list:+,}$module"
	done
	printf '%s\n' "$list"
}

# packs_images MODULE: whether a part of its build needs Docker
packs_images() {
	# shellcheck disable=SC2016 # as it is in the file
	grep -qF '<skip>${docker.skip}</skip>' "$1/pom.xml"
}

# What is edited from here on, while the build is running, counts as newer than it
date_build() {
	mkdir -p "$STAMPS"
	touch "$STAMPS/new"
}

# ensure_compiled MODULE...: all of their build that needs no Docker
ensure_compiled() {
	list=$(unbuilt "$@")
	[ -n "$list" ] || return 0
	step "Building $(names "$list")"
	build compile -pl "$list" -am -Ddocker.skip=true
	for module in "$@"; do
		packs_images "$module" || cp -p "$STAMPS/new" "$STAMPS/$module"
	done
}

# ensure_packed MODULE...: the rest, once they are compiled and the images they are made from are there
ensure_packed() {
	list=$(unbuilt "$@")
	[ -n "$list" ] || return 0
	step "Packing the releases of $(names "$list")"
	build pack -pl "$list" -Ddocker.skip=false
	for module in "$@"; do
		cp -p "$STAMPS/new" "$STAMPS/$module"
	done
}

ensure_probe() {
	ensure_maven
	date_build
	ensure_compiled probe
}

names() {
	printf '%s\n' "$1" | sed 's/,/, /g'
}

# build LOG MAVEN_ARGS...
build() {
	name=$1
	shift
	# shellcheck disable=SC2086 # one word or none
	logged "$name" ./mvnw -B -ntp -q $MAVEN_OFFLINE install -DskipTests -DskipITs "$@" || build_failed
}

build_failed() {
	if grep -qE 'Could not transfer|Unknown host|Cannot access .* in offline mode|Network is unreachable' "$LOG"; then
		failed "$LOG" "Maven cannot download what the build needs: check the network (or Maven's settings.xml), or use an offline kit (./workshop setup --from DIR)"
	fi
	failed "$LOG" "the build failed: mend what Maven names and try again"
}
