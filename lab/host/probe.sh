# shellcheck shell=sh
# The measuring instrument; it needs a JDK, but neither Docker nor this folder as the current one.

# The collector that costs least on a small machine; its pauses are a few milliseconds
PROBE_JAVA_OPTS=${PROBE_JAVA_OPTS:--XX:+UseSerialGC}

probe() {
	cd "$CALLER" || exit
	# shellcheck disable=SC2086 # several options
	exec "$JAVA" $PROBE_JAVA_OPTS -jar "$ROOT/probe/target/probe.jar" "$@"
}
