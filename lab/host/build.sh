# shellcheck shell=sh
# Compiles and installs the modules, when a source is newer than the last time.

STAMPS="$STATE/stamps"

# The site and the tests of the pages bring dependencies of their own, which nobody else has to download.
modules() {
	sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' pom.xml | grep -vxE 'site|browser'
}

# is_built STAMP MODULE...
is_built() {
	stamp="$STAMPS/$1"
	shift
	[ -f "$stamp" ] || return 1
	for module in "$@"; do
		ls "$module"/target/*.jar >/dev/null 2>&1 || return 1
		# A folder's date tells of files that were removed. The scripts, because a stage may stand on another's.
		newer=$(find pom.xml .mvn "$module/pom.xml" "$module/src" "$module/app" "$module/server" "$module/Dockerfile" "$module/.dockerignore" "$module"/*.sh -newer "$stamp" 2>/dev/null)
		[ -z "$newer" ] || return 1
	done
}

ensure_build() {
	# shellcheck disable=SC2046 # module names are one word each
	is_built all $(modules) && return
	build all "Building (a minute or two the first time)" -pl '!site,!browser' -Ddocker.skip=false "$@"
	cp -p "$STAMPS/all" "$STAMPS/probe"
}

ensure_probe() {
	is_built probe probe && return
	ensure_maven
	build probe "Building the probe" -pl probe -am
}

# build STAMP MESSAGE [MAVEN ARGS]
build() {
	stamp="$STAMPS/$1"
	say "$2"
	shift 2
	mkdir -p "$STAMPS"
	# Dated before the build, so that what is edited meanwhile counts as newer
	touch "$stamp.new"
	logged build ./mvnw -B -ntp -q install -DskipTests -DskipITs "$@" || build_failed
	mv "$stamp.new" "$stamp"
}

build_failed() {
	if grep -qE 'Could not transfer|Unknown host|Cannot access .* in offline mode|Network is unreachable' "$LOG"; then
		failed "$LOG" "Maven cannot download what the build needs: check the network (or Maven's settings.xml), or use an offline kit (./workshop setup --from DIR)"
	fi
	failed "$LOG" "the build failed: mend what Maven names and try again"
}
