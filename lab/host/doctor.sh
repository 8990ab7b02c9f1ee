# shellcheck shell=sh
# Looks at everything the workshop stands on, and says the cure for what is missing. Changes nothing.

MIN_DISK_MB=8000
# 4 GB, less what a kernel or a virtual machine keeps for itself
MIN_MEMORY_MB=3500
BY_SETUP='./workshop setup'

doctor() {
	MISSING=0 YOURS=0
	find_engine || :
	check_jdk
	check_engine
	check_images
	check_maven
	check_disk
	check_memory
	check_architecture
	check_line_endings
	if [ "$MISSING" = 0 ]; then
		echo "Nothing is missing."
	else
		echo "Missing: $MISSING. ./workshop setup mends $((MISSING - YOURS)) of them, $YOURS you have to mend yourself."
		return 1
	fi
}

ok() {
	printf '%sok%s       %-13s %s\n' "$GREEN" "$PLAIN" "$1" "$2"
}

# missing WHAT PROBLEM CURE
missing() {
	printf '%smissing%s  %-13s %s -> %s\n' "$RED" "$PLAIN" "$1" "$2" "$3"
	MISSING=$((MISSING + 1))
	[ "$3" = "$BY_SETUP" ] || YOURS=$((YOURS + 1))
}

check_jdk() {
	if find_java; then
		ok JDK "$JAVA_VERSION ($JAVA)"
	else
		missing JDK "$JAVA_PROBLEM" "$JAVA_CURE"
	fi
}

check_engine() {
	if [ -z "$ENGINE_PROBLEM" ]; then
		ok Docker "engine $ENGINE_VERSION, API $SERVER_API (the docker command: $CLIENT_API)"
	elif may_start_engine; then
		missing Docker "$ENGINE_PROBLEM" "$BY_SETUP"
	else
		missing Docker "$ENGINE_PROBLEM" "$ENGINE_CURE"
	fi
}

check_images() {
	if [ -n "$ENGINE_PROBLEM" ]; then
		missing images "not seen without the engine" "$BY_SETUP"
	elif are_images_current; then
		# shellcheck disable=SC2086 # one word per image
		ok images "$BASE$(printf ", $PREFIX/%s" $IMAGES)"
	else
		missing images "not there, or older than lab/images" "$BY_SETUP"
	fi
}

check_maven() {
	if find_maven; then
		ok Maven "${MAVEN_NAME#apache-maven-} ($MAVEN_DIR)"
	else
		missing Maven "the wrapper has not got ${MAVEN_NAME#apache-maven-} yet" "$BY_SETUP"
	fi
}

check_disk() {
	free=$(($(df -Pk . | awk 'NR == 2 { print $4 }') / 1024))
	if [ "$free" -ge "$MIN_DISK_MB" ]; then
		ok disk "$free MB free"
	else
		missing disk "$free MB free, needed are $MIN_DISK_MB" "make room (./workshop clean, docker system df)"
	fi
}

# The engine's, which on macOS and Windows is less than the machine's
check_memory() {
	bytes=0
	if [ -z "$ENGINE_PROBLEM" ]; then
		bytes=$(within 20 docker info --format '{{.MemTotal}}' 2>/dev/null) || bytes=0
	fi
	[ "${bytes:-0}" != 0 ] || bytes=$(host_memory)
	memory=$((bytes / 1048576))
	if [ "$memory" -ge "$MIN_MEMORY_MB" ]; then
		ok memory "$memory MB"
	else
		missing memory "$memory MB, needed are $MIN_MEMORY_MB" "give Docker more (Docker Desktop: Settings, Resources)"
	fi
}

host_memory() {
	if [ -r /proc/meminfo ]; then
		awk '/^MemTotal:/ { printf "%.0f\n", $2 * 1024 }' /proc/meminfo
	else
		sysctl -n hw.memsize
	fi
}

check_architecture() {
	architecture=${ENGINE_ARCH:-$(uname -m)}
	case $architecture in
		amd64 | x86_64 | arm64 | aarch64) ok architecture "$architecture" ;;
		*) missing architecture "$architecture" "use a machine with amd64 or arm64" ;;
	esac
}

check_line_endings() {
	crlf=$(find mvnw lab/host lab/images step*-* -name target -prune -o \( -name '*.sh' -o -name mvnw -o -name Dockerfile \) -exec grep -l "$(printf '\r')" {} + 2>/dev/null) || :
	if [ -z "$crlf" ]; then
		ok 'line endings' LF
	else
		missing 'line endings' "CRLF in $(printf '%s\n' "$crlf" | head -n 1)" "git config core.autocrlf false && git rm -rq --cached . && git reset --hard (after committing your own work)"
	fi
}
