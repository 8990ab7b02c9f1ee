#!/bin/sh
# What the probe costs and how late it sends, beside hey and wrk (Debian: apt-get install hey wrk nginx-light).
#   probe/bench.sh            cost and lateness at 100, 500, 1000 and 2000 requests per second
#   probe/bench.sh million    a million requests to a healthy server: how many are called lost?
#   probe/bench.sh honesty    who reports the requests that a counting server has cut?
set -eu
cd "$(dirname "$0")"

for tool in java nginx hey wrk; do
	command -v "$tool" >/dev/null || {
		echo "bench: $tool is missing: apt-get install hey wrk nginx-light" >&2
		exit 2
	}
done
if [ ! -f target/probe.jar ] || [ ! -d target/test-classes ]; then
	echo "bench: nothing is built: ./mvnw package -pl probe" >&2
	exit 2
fi
# The flags of ./workshop probe.
exec java -XX:+UseSerialGC -cp target/test-classes:target/probe.jar dev.zerodowntime.probe.bench.Benchmark "$@"
