# shellcheck shell=sh disable=SC2154 # variables of other parts
# A reader's own Spring Boot project on the little server, instead of the guest book. Its folder "server" has the owner's files:
# settings.sh, app.env, warmup.txt, and if needed smoke.txt, nginx/*.d and hooks.

# What is copied onto the server: a folder like the stage's
APP_STAGE="$STATE/app"

# up STEP [--app DIR]
up() {
	case ${2:-} in
		--app=*) set -- "$1" --app "${2#--app=}" ;;
	esac
	if [ "${2:-}" != --app ]; then
		lab up "$@"
		return
	fi
	{ [ $# = 3 ] && [ -n "$3" ]; } || usage_error "--app needs one folder: ./workshop up step3 --app DIR"
	find_stage "$1"
	[ -f "$STAGE_DIR/server/lib/settings.sh" ] || usage_error "$STAGE takes no project of your own: ./workshop up step3 --app DIR"
	find_app "$3"
	set_up_stage "$STAGE_DIR"
	[ -z "$(servers "$STAGE")" ] || die "$STAGE is up already: to remove it, ./workshop down $STAGE"
	take_lock
	build_app
	pack_app v1
	pack_app v2
	# The folder has the passwords of app.env
	(umask 077 && put_together)
	release_lock
	lab up "$1" --app "$APP_STAGE"
}

# find_app DIR: leaves APP, the project's folder
find_app() {
	APP=$(CDPATH='' cd "$(kit_path "$1")" 2>/dev/null && pwd) || die "$1 is not a folder"
	for file in settings.sh app.env warmup.txt; do
		[ -f "$APP/server/$file" ] || die "$1 has no server/$file: see docs/en/your-own-service.md"
	done
	grep -q '^SERVICE=.' "$APP/server/settings.sh" || die "$1/server/settings.sh does not set SERVICE: see docs/en/your-own-service.md"
	grep -q '^/' "$APP/server/warmup.txt" || die "$1/server/warmup.txt has no path: a line that begins with /"
	[ -f "$APP/pom.xml" ] || ls "$APP"/target/*.jar >/dev/null 2>&1 || ls "$APP"/build/libs/*.jar >/dev/null 2>&1 ||
		die "$1 has neither a pom.xml nor a jar in target or build/libs: with Gradle, ./gradlew bootJar first"
}

# Builds a Maven project, with its own Maven wrapper if it has one. Another build tool has to have built its jar before.
build_app() {
	[ -f "$APP/pom.xml" ] || return 0
	step "Building $APP"
	mvn=$APP/mvnw
	[ -x "$mvn" ] || mvn=$ROOT/mvnw
	# shellcheck disable=SC2086 # one word or none
	logged app-build "$mvn" -B -ntp -q $MAVEN_OFFLINE -f "$APP/pom.xml" package -DskipTests ||
		failed "$LOG" "the project in $APP could not be built"
}

# pack_app VERSION: its image, as the archive releases/VERSION/image.tar of APP_STAGE/target
pack_app() {
	step "Packing $1"
	rm -rf "$APP_STAGE/target/releases/$1"
	logged app-image env APP="$APP" JRE="$(jre_image)" OUT="$APP_STAGE/target" "$STAGE_DIR/build.sh" "$1" ||
		failed "$LOG" "the image of $APP could not be built"
	end_step
	grep AOT "$LOG" >&2 || :
}

# What the stages' releases are built on, see stage-images.sh
jre_image() {
	chosen=$(sed -n 's/^jre.image=//p' "$STAMPS/stage-images" 2>/dev/null) || chosen=
	echo "${chosen:-$PREFIX/jre}"
}

put_together() {
	find "$APP_STAGE" -mindepth 1 -maxdepth 1 ! -name target -exec rm -rf {} +
	cp "$STAGE_DIR"/*.sh "$STAGE_DIR/Dockerfile" "$APP_STAGE"
	cp -R "$STAGE_DIR/server" "$APP_STAGE"
	rm -f "$APP_STAGE/server/nginx/location.d"/* "$APP_STAGE/server/nginx/site.d"/* "$APP_STAGE/server/hooks"/*
	cp -R "$APP/server/." "$APP_STAGE/server"
	mkdir -p "$APP_STAGE/target/server"
	cp -R "$STAGE_DIR/target/server/images" "$APP_STAGE/target/server"
	# For the next ./workshop deploy
	printf '%s\n' "$APP" >"$APP_STAGE/target/server/project"
	nginx=$(sed -n 's/.*NGINX_IMAGE=\([^ ]*\).*/\1/p' "$STAGE_DIR/target/server/settings.sh")
	{
		cat "$APP/server/settings.sh"
		echo
		sed "s|@nginx.image@|$nginx|" "$STAGE_DIR/src/lab/settings.sh"
	} >"$APP_STAGE/target/server/settings.sh"
}

# ship_app VERSION: builds the project as it is now and copies the release to the running server, unless that server has or had this release
ship_app() {
	project=$(ask_server cat project 2>/dev/null) || return 0
	case $1 in
		[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) return 0 ;;
	esac
	# shellcheck disable=SC2016 # the server's shell expands
	! ask_server sh -c '[ -e "releases/$1" ] || grep -qsF " $1 " history' sh "$1" || return 0
	find_app "$project"
	set_up_stage "$STAGE_DIR"
	take_lock
	build_app
	pack_app "$1"
	step "Copying $1 onto the server"
	archive=$APP_STAGE/target/releases/$1/image.tar
	# shellcheck disable=SC2016 # the server's shell expands
	ask_server sh -c 'mkdir -p "releases/$1" && cat >"releases/$1/part" && mv "releases/$1/part" "releases/$1/image.tar"' sh "$1" <"$archive" ||
		die "$1 could not be copied onto the server"
	rm -f "$archive"
	release_lock
}
