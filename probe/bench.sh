#!/bin/sh
# What the probe costs, how late it sends and what memory it holds (Debian: apt-get install hey wrk nginx-light).
#   probe/bench.sh            cost and lateness beside hey and wrk, at 100, 500, 1000 and 2000 requests per second
#   probe/bench.sh own [OLD]  cost, lateness and memory of the probe alone (nginx is enough); with OLD, a probe.jar of an
#                             older build, of that one first, to compare both. 3 minutes for each
#   probe/bench.sh --update-docs [OLD]  the same, and writes the figures of this build into the reference
#   probe/bench.sh million    a million requests to a healthy server: how many are called lost?
#   probe/bench.sh honesty    who reports the requests that a counting server has cut?
set -eu
old=
case ${1:-} in
	own | --update-docs)
		tools='java nginx'
		if [ -n "${2:-}" ]; then
			[ -f "$2" ] || {
				echo "bench: not a file: $2" >&2
				exit 2
			}
			old=$(realpath "$2")
		fi
		;;
	million) tools='java nginx' ;;
	*) tools='java nginx hey wrk' ;;
esac
cd "$(dirname "$0")"

for tool in $tools; do
	command -v "$tool" >/dev/null || {
		echo "bench: $tool not found: apt-get install hey wrk nginx-light" >&2
		exit 2
	}
done
if [ ! -f target/probe.jar ] || [ ! -d target/test-classes ]; then
	echo "bench: nothing is built: run ./mvnw package -pl probe" >&2
	exit 2
fi

# The flags of ./workshop probe.
bench() {
	jar=$1
	shift
	java -XX:+UseSerialGC -cp "target/test-classes:$jar" dev.zerodowntime.probe.bench.Benchmark "$@"
}

case ${1:-} in
	own | --update-docs)
		[ -z "$old" ] || bench "$old" own before
		if [ "$1" = own ]; then
			bench target/probe.jar own now
		else
			bench target/probe.jar own now --update-docs
		fi
		;;
	*) bench target/probe.jar "$@" ;;
esac
