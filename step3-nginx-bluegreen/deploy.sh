#!/bin/sh
# Ships a release beside the one that is live, and switches traffic to it when it is ready: no request is lost.
#
#   ./deploy.sh [--dry-run] [--no-bake] VERSION[@sha256:DIGEST]
#
# The release is the image IMAGE:VERSION. If the engine does not have it yet, it is loaded from releases/VERSION/image.tar, or
# pulled if IMAGE begins with a registry (ghcr.io/you/orders). With a digest it is that very image, named VERSION from then on.
# After the switch the new group is watched for BAKE seconds, while the group before stays warm: if it stops, hangs or fails,
# the script switches back by itself. --no-bake stops the group before as soon as it is drained. At the end, old releases are removed
# (KEEP). Executable files hooks/before-boot, before-switch, after-switch and after-failure are called: see lib/hooks.sh.
# --dry-run only prints what would be done. --rollback is for rollback.sh. Settings: settings.sh and lib/settings.sh.
#
# Lines that begin with "==> " say what happens, as it happens. Killed at any point, it loses no request either: the next
# command puts things right.
# Exit status: 0 the release is live, 1 it is not, 2 wrong argument (nothing was touched), 130 interrupted.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh
# shellcheck source-path=SCRIPTDIR/server
. lib/watch.sh
# shellcheck source-path=SCRIPTDIR/server
. lib/images.sh
# shellcheck source-path=SCRIPTDIR/server
. lib/hooks.sh
# shellcheck source-path=SCRIPTDIR/server
. lib/prune.sh

# A self-signed certificate, until there is a real one in its place
make_certificate() {
	[ ! -s tls/certificate.pem ] || return 0
	mkdir -p tls
	problem=$( (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
		-subj "/CN=$(hostname)" -keyout tls/key.new -out tls/certificate.new) 2>&1 9>&-) ||
		fail "no certificate could be made, nothing was touched: $problem"
	mv tls/key.new tls/key.pem
	mv tls/certificate.new tls/certificate.pem
}

start_idle() {
	say "starting $idle with $version"
	export VERSION="$version"
	# Where nothing is live, no request is in the way
	[ -z "$live" ] || export CPU_SHARES="$FEW_SHARES" CPUSET="$HALF_THE_CORES"
	# shellcheck disable=SC2046 # words
	compose up --detach --no-deps --force-recreate $(instances "$idle") || give_up "$idle-1" "could not be started"
}

await_ready() {
	deadline=$(($(now) + READY_LIMIT))
	for instance in $(instances "$idle"); do
		until is_ready "$instance"; do
			see
			as_started "$instance" ||
				give_up "$instance" "stopped by itself"
			[ "$(now)" -lt "$deadline" ] || give_up "$instance" "was not ready within $READY_LIMIT s"
			# Asking takes time from the live group, too
			sleep 0.5
		done
	done
	say "$idle is ready"
}

# The first requests must not pay for what a JVM learns only under load
warm_up() {
	grep -q '^/' warmup.txt || fail "warmup.txt has no path: a line that begins with /"
	asking=
	for instance in $(instances "$idle"); do
		# Not "ask 9>&-": a shell keeps a copy of what it closes for a function, and with it the lock
		(exec 9>&- && ask "$instance") &
		asking="$asking $instance=$!"
	done
	for each in $asking; do
		wait "${each#*=}" || give_up "${each%=*}" "does not answer what warmup.txt asks"
	done
	say "$idle is warm"
}

ask() {
	grep '^/' warmup.txt | while IFS= read -r path; do
		case $path in
			*\?*) path="$path&" ;;
			*) path="$path?" ;;
		esac
		# curl counts by brackets; those of the path are meant as they are
		path=$(printf '%s\n' "$path" | sed 's/[][{}]/\\&/g')
		http --fail --fail-early --max-time 30 "$(service "$1")${path}warm-up=[1-$WARMUP_ROUNDS]" || exit 1
	done
}

# give_up INSTANCE WHY: before the switch, so no request has met it
give_up() {
	see
	why=$2
	! killed_for_memory "$1" || why="was killed for memory: it needs more than MEMORY=$MEMORY (settings.sh)"
	{
		echo "deploy.sh: $1 with $version $why, the last lines of its log are:"
		docker logs --tail 15 "$(container "$1")" 2>&1 9>&- | sed 's/^/    /'
	} >&2 2>/dev/null || :
	keep_logs "$idle"
	cause="$1 $why"
	fail "$version is not live; ${live_version:-nothing} was, and is, untouched"
}

# Whatever ends the script before the switch: nobody may take what it has started for the way back.
clean_up() {
	status=$?
	trap '' INT TERM HUP
	end_hook
	# The script itself broke just after the rename (no memory for another process, say): requests go to this group
	[ "$stage" != started ] || [ -z "$live" ] || [ ! -e "nginx/live/$idle" ] || stage=switched
	if [ "$stage" = started ]; then
		kill_group "$idle"
		[ -n "$live" ] || rm -f "nginx/live/$idle"
		phase end
		# shellcheck disable=SC2086 # words
		record "$version" failed $phases
	fi
	case $stage:$status in
		started:* | switched:1)
			release_lock
			await_hook_after_switch
			hook_after failure
			;;
	esac
	exit "$status"
}

interrupted() {
	trap '' INT TERM HUP
	case $stage in
		kept) fail "interrupted: $version is live; the next deploy removes old releases" 130 ;;
		hook) fail "interrupted: $version is live; hooks/after-switch goes on" 130 ;;
		switched) fail "interrupted: $version is live, ${live:+$live stays up with $live_version; ./rollback.sh switches back at once, the next deploy replaces $live}" 130 ;;
		*) fail "interrupted while: ${phase:-preparing}; ${live_version:-nothing} was live, and is" 130 ;;
	esac
}

dry_run='' version='' back='' stage=begun
for argument in "$@"; do
	case $argument in
		-h | --help) help && exit ;;
		--dry-run) dry_run=yes ;;
		--no-bake) BAKE=0 ;;
		# What is rolled back to is not left by itself for what was bad
		--rollback) back=yes BAKE=0 ;;
		-*) fail "unknown option $argument: ./deploy.sh --help" 2 ;;
		*)
			[ -z "$version" ] || fail "give exactly one version: ./deploy.sh [--dry-run] [--no-bake] VERSION" 2
			version=$argument
			;;
	esac
done
check_server
versions=$({ (cd releases 2>/dev/null && printf '%s\n' *) || :; docker images --format '{{.Tag}}' "$(local_name "$IMAGE")"; } | sort -u | paste -s -d ' ' -)
digest=
case $version in
	*@*) digest=${version#*@} version=${version%%@*} ;;
esac
case $version in
	'') fail "which version? usage: ./deploy.sh VERSION (there are: $versions)" 2 ;;
	[!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version (there are: $versions)" 2 ;;
esac
archive=releases/$version/image.tar
if [ -n "$digest" ]; then
	is_digest "$digest" || fail "$digest is not a digest: it is sha256: and 64 digits" 2
	has_registry || fail "IMAGE=$IMAGE names no registry to pull a digest from: see settings.sh" 2
fi
[ -f "$archive" ] || has_registry || docker image inspect "$IMAGE:$version" >/dev/null 2>&1 ||
	fail "there is no version $version (there are: $versions)" 2
check_disk
check_environment
[ -n "$back" ] || check_hooks
count_cores

take_lock "deploy of $version"
if [ -n "$dry_run" ]; then
	look_up
	say_unread_settings
	say "live: ${live:-nothing} ${live:+with $live_version}"
	say "would start $(all_of "$idle" | cut -d ' ' -f "1-$INSTANCES") with $version, switch when all are ready${live:+, drain $live, keep it warm for $BAKE s and stop it}"
	exists "$idle" || check_memory "nothing was touched"
	exit
fi
see
reconcile
say_unread_settings
! is_running nginx || in_nginx -t ||
	fail "nginx would refuse its configuration at its next start, nothing was touched: $(configuration_problem)"
# What runs in the idle group is stopped first
exists "$idle" || check_memory "nothing was touched"
phase load
get_release
# Where there is a registry, Compose pulls it
[ ! -f images/nginx.tar ] || load "$NGINX_IMAGE" images/nginx.tar
make_certificate
make_network
# Docker would make it for root, at the latest for a hook's container; and the application's user has to see what is in it
mkdir -p nginx/live && chmod a+rx nginx/live
if [ -n "$live" ]; then
	! exists "$idle" || drained "$idle" || drain "$idle"
	remove_left_behind
	stop "$idle"
else
	kill_group "$idle"
fi
check_memory "nothing was started"
set_instances "$idle"

trap clean_up EXIT
trap interrupted INT TERM HUP
stage=started
hook_before boot
phase boot
start_idle
await_ready
phase warm-up
warm_up
hook_before switch
phase switch
await_old_workers
see
come_first "$idle" || fail "$idle cannot get all cores, nothing was switched: $problem"
# A signal has to wait until the history has it
ended=
trap 'ended=yes' INT TERM HUP
if [ -n "$live" ]; then
	[ -z "$back" ] || record "$live_version" rolled-back
	switch "$idle" "switched to $idle"
else
	first_switch "$idle"
fi
stage=switched
record "$version" switched "group=$idle" "image=$(image_of "$idle")" ${digest:+"digest=$digest"} ${back:+back=yes}
trap interrupted INT TERM HUP
[ -z "$ended" ] || interrupted
if [ -z "$live" ]; then
	phase end
	# shellcheck disable=SC2086 # words
	record "$version" kept $phases
	say "$idle is live"
	release_lock
	hook_after switch
	exit
fi
# Now ./rollback.sh may act
watch_begins
release_lock
start_hook_after_switch
phase drain
drain "$live" look
phase bake
bake
phase stop
# What is live is live
(stop "$live") || say "$live could not be stopped: the next deploy stops it"
phase end
# shellcheck disable=SC2086 # words
record "$version" kept $phases
say "$version is live"
stage=kept
# A rollback has to be quick, and may need what is old
[ -n "$back" ] || prune || :
stage=hook
release_lock
await_hook_after_switch
