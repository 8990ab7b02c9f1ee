# shellcheck shell=sh
# The measuring instrument; it needs a JDK, but neither Docker nor this folder as the current one.

PROBE_JAVA_OPTS=${PROBE_JAVA_OPTS:-}

probe() {
	cd "$CALLER" || exit
	# shellcheck disable=SC2086 # several options
	exec "$JAVA" $PROBE_JAVA_OPTS -jar "$ROOT/probe/target/probe.jar" "$@"
}
