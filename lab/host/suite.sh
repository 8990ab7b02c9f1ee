# shellcheck shell=sh
# ./workshop test: which tests are run, and where the time went.

SLOWEST=10

# verify [STEP] [--quick | --all]
verify() {
	STAGE_DIR='' tests=
	for argument in "$@"; do
		case $argument in
			--quick) one_suite quick ;;
			--all) one_suite 'any() | none()' ;;
			-*) usage_error "test does not know '$argument': ./workshop test --help" ;;
			*)
				[ -z "$STAGE_DIR" ] || usage_error "test takes one step or none: ./workshop test [step1]"
				find_stage "$argument"
				;;
		esac
	done
	# shellcheck disable=SC2046 # one word per image
	set_up_for_tests $(images_for "$tests")
	export_engine
	# What fails in one module is no reason to know nothing of the others
	set -- -ntp --fail-at-end verify ${STAGE_DIR:+-pl "$STAGE_DIR" -am} ${tests:+"-Dits=$tests"}
	[ -n "$COLOR" ] || set -- -B "$@"
	begin=$(date +%s)
	: >"$STATE/tests-began"
	# Where a suite has no integration test in a module, Failsafe would judge by what an earlier run has left
	rm -f ./*/target/failsafe-reports/failsafe-summary.xml
	run_maven "$@"
	print_slowest
	exit "$status"
}

one_suite() {
	[ -z "$tests" ] || usage_error "test takes --quick or --all, not both"
	tests=$1
}

# run_maven ARGUMENT...: leaves its exit status in status. In the background, because a shell that waits for a program
# in the foreground does not pass TERM on before that program ends.
run_maven() {
	./mvnw "$@" </dev/null &
	maven=$!
	trap 'kill -TERM "$maven" 2>/dev/null' INT TERM HUP
	status=0
	wait "$maven" || status=$?
	# A signal has ended the wait, not Maven
	while kill -0 "$maven" 2>/dev/null; do
		wait "$maven" || :
	done
	trap - INT TERM HUP
}

# Of the reports that this run has written: the time of a class includes what it sets up
print_slowest() {
	find ./*/target/surefire-reports ./*/target/failsafe-reports -name 'TEST-*.xml' -newer "$STATE/tests-began" -exec awk '
		/<testsuite / {
			split(FILENAME, path, "/")
			match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8); sub(/.*\./, "", name)
			match($0, / time="[^"]*"/); time = substr($0, RSTART + 7, RLENGTH - 8); gsub(",", "", time)
			match($0, / tests="[^"]*"/); tests = substr($0, RSTART + 8, RLENGTH - 9)
			printf "%.1f %s %s %s\n", time, path[2], name, tests
			nextfile
		}' {} + 2>/dev/null | sort -rn | awk -v most="$SLOWEST" -v seconds=$(($(date +%s) - begin)) '
		{ classes++; tests += $4; total += $1 }
		NR == 1 { print "\nThe slowest test classes (seconds, tests):" }
		NR <= most { printf "%7.1f %4d  %s %s\n", $1, $4, $2, $3 }
		END {
			if (NR) printf "%d tests in %d classes: %.0f s; with the build: %d min %d s\n", tests, classes, total, seconds / 60, seconds % 60
		}'
}
