# shellcheck shell=sh disable=SC2034 # other parts read these variables
# Maven, by its wrapper. Some networks reach a Maven repository but not the archive mvnw downloads from;
# then a Maven that is already there fetches the same file, and the wrapper finds it in its place.

WRAPPER=.mvn/wrapper/maven-wrapper.properties
# -o where nothing may be downloaded
MAVEN_OFFLINE=
DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.10.0

wrapper_property() {
	sed -n "s/^$1=//p" "$WRAPPER" | tr -d '[:space:]'
}

# Leaves MAVEN_NAME, MAVEN_URL and MAVEN_DIR: what mvnw would download, and where it looks for it first.
find_maven() {
	MAVEN_URL=$(wrapper_property distributionUrl)
	if [ -n "${MVNW_REPOURL:-}" ]; then
		MAVEN_URL="$MVNW_REPOURL/org/apache/maven/${MAVEN_URL#*/org/apache/maven/}"
	fi
	MAVEN_NAME=${MAVEN_URL##*/}
	MAVEN_NAME=${MAVEN_NAME%-bin.zip}
	MAVEN_DIR="${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/$MAVEN_NAME/$(hash_string "$MAVEN_URL")"
	[ -x "$MAVEN_DIR/bin/mvn" ]
}

# As in mvnw: like Java's String.hashCode
hash_string() {
	rest=$1 hash=0
	while [ -n "$rest" ]; do
		char=${rest%"${rest#?}"}
		hash=$(((hash * 31 + $(LC_CTYPE=C printf %d "'$char")) % 4294967296))
		rest=${rest#?}
	done
	printf '%x\n' "$hash"
}

ensure_maven() {
	find_maven && return
	step "Downloading Maven ${MAVEN_NAME#apache-maven-}"
	zip="$STATE/maven.zip"
	scratch "$zip"
	fetch_maven "$zip" || failed "$LOG" "Maven cannot be downloaded: check the network, install Maven (mvn) and try again, or use an offline kit (./workshop setup --from DIR)"
	unpack_maven "$zip"
}

# fetch_maven FILE: from the wrapper's address, else with a Maven that is here
fetch_maven() {
	download "$MAVEN_URL" "$1" || copy_with_maven "$1" || return 1
	is_sha256 "$(wrapper_property distributionSha256Sum)" "$1" ||
		die "the Maven downloaded from $MAVEN_URL is not the one in $WRAPPER (SHA-256 differs): try again, or another network"
}

download() {
	if command -v curl >/dev/null 2>&1; then
		logged maven-download curl -fsSL --connect-timeout 10 --max-time 600 -o "$2" "$1"
	elif command -v wget >/dev/null 2>&1; then
		logged maven-download wget -q --tries=1 --timeout=15 -O "$2" "$1"
	else
		LOG="$LOGS/maven-download.log"
		mkdir -p "$LOGS"
		echo "neither curl nor wget is here" >"$LOG"
		return 1
	fi
}

copy_with_maven() {
	if command -v mvn >/dev/null 2>&1; then
		mvn=mvn
	elif find_maven; then
		mvn=./mvnw
	else
		return 1
	fi
	copied="$STATE/maven-copy"
	scratch "$copied"
	logged maven-copy "$mvn" -B -q "$DEPENDENCY_PLUGIN:copy" "-Dartifact=org.apache.maven:apache-maven:${MAVEN_NAME#apache-maven-}:zip:bin" "-DoutputDirectory=$copied" &&
		mv "$copied"/*.zip "$1"
}

is_sha256() {
	[ "$1" = "$(sha256 <"$2" | cut -d ' ' -f 1)" ]
}

# unpack_maven ZIP: in its place by one rename, so that mvnw never finds half a Maven
unpack_maven() {
	mkdir -p "$(dirname "$MAVEN_DIR")" 2>/dev/null || die "cannot write to $(dirname "$MAVEN_DIR"): set HOME (or MAVEN_USER_HOME) to a folder of yours"
	unpacking="$MAVEN_DIR.$$"
	scratch "$unpacking"
	mkdir "$unpacking"
	archive=$(CDPATH='' cd "$(dirname "$1")" && pwd)/$(basename "$1")
	# The JDK's jar, because unzip is not everywhere; it does not restore the executable bit
	(cd "$unpacking" && "$JAR" xf "$archive") || die "cannot unpack $1: remove it and try again"
	chmod +x "$unpacking/$MAVEN_NAME"/bin/mvn*
	rm -rf "$MAVEN_DIR"
	mv "$unpacking/$MAVEN_NAME" "$MAVEN_DIR"
	sweep
}
