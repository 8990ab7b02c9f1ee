# shellcheck shell=sh disable=SC2034 # other parts read these variables
# The JDK that Maven and the workshop run on: the same choice as mvnw makes.

MIN_JAVA=17
JAVA_CURE="install a JDK $MIN_JAVA or newer (Debian, Ubuntu: openjdk-17-jdk; macOS: brew install openjdk; Windows: any OpenJDK installer) and put it on PATH or in JAVA_HOME"

# Leaves JAVA, JAR, JAVA_VERSION; or says in JAVA_PROBLEM what is wrong with them.
find_java() {
	JAVA_PROBLEM=
	JAVA_VERSION=
	if [ -n "${JAVA_HOME:-}" ]; then
		JAVA="$JAVA_HOME/bin/java"
		JAR="$JAVA_HOME/bin/jar"
		javac="$JAVA_HOME/bin/javac"
		where="JAVA_HOME ($JAVA_HOME)"
	else
		JAVA=$(command -v java) || JAVA=
		JAR=jar
		javac=$(command -v javac) || javac=
		where=PATH
	fi
	if [ ! -x "$JAVA" ]; then
		JAVA_PROBLEM="no java in $where"
	elif [ ! -x "$javac" ]; then
		JAVA_PROBLEM="a Java without its compiler (javac) in $where"
	else
		JAVA_VERSION=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
		major=${JAVA_VERSION%%[!0-9]*}
		if [ -z "$major" ]; then
			JAVA_PROBLEM="java -version does not answer in $where"
		elif [ "$major" -lt "$MIN_JAVA" ]; then
			JAVA_PROBLEM="Java $JAVA_VERSION is too old"
		fi
	fi
	[ -z "$JAVA_PROBLEM" ]
}

need_java() {
	find_java || die "$JAVA_PROBLEM: $JAVA_CURE"
}
