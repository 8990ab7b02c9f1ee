# shellcheck shell=sh disable=SC2154 # variables of deploy.sh
# The owner's hooks: executable files in hooks/ that a deploy calls. No script writes there. A rollback calls none: it has to
# work where a hook does not.
#
#   before-boot     before the new group is started
#   before-switch   when it is ready and warm; if one of these two fails, nothing is switched
#   after-switch    when requests go to it; meanwhile it is watched, and a rollback is possible
#   after-failure   when the deploy has failed or was rolled back; not where it was refused before before-boot: nothing was begun then
#
# In their environment: DEPLOY_VERSION, DEPLOY_IMAGE, DEPLOY_GROUP, DEPLOY_PREVIOUS_VERSION (empty at the first deploy),
# DEPLOY_URLS (of the new group's instances), DEPLOY_REASON (of the failure), and the settings that compose.yaml needs.

hook=

check_hooks() {
	for name in before-boot before-switch after-switch after-failure; do
		[ ! -f "hooks/$name" ] || [ -x "hooks/$name" ] ||
			fail "hooks/$name is not executable, nothing was touched: chmod +x hooks/$name"
	done
}

has_hook() {
	[ -z "$back" ] && [ -f "hooks/$1" ]
}

# call_hook NAME: for HOOK_LIMIT seconds at most. What is wrong is in $problem
call_hook() {
	say "calling hooks/$1"
	urls=
	for instance in $(instances "$idle"); do
		urls="$urls${urls:+ }$(service "$instance")"
	done
	called=$(now)
	# In the background, for a signal would have to wait for the end of what runs in the foreground. It inherits neither the lock nor
	# that signals are ignored
	(
		exec 9>&-
		trap - INT TERM HUP PIPE
		export DEPLOY_VERSION="$version" DEPLOY_IMAGE="$IMAGE:$version" DEPLOY_GROUP="$idle" DEPLOY_URLS="$urls"
		export DEPLOY_PREVIOUS_VERSION="$live_version" DEPLOY_REASON="${cause:+$cause; }${failure:-}"
		exec timeout -k 5 "$HOOK_LIMIT" "hooks/$1"
	) &
	hook=$!
	result=0
	wait "$hook" || result=$?
	hook=
	[ "$result" != 0 ] || return 0
	problem="hooks/$1 failed with status $result"
	[ "$result" -lt 124 ] || [ "$HOOK_LIMIT" = 0 ] || [ "$(($(now) - called))" -lt "$HOOK_LIMIT" ] || problem="hooks/$1 did not end within $HOOK_LIMIT s"
	return 1
}

# hook_before boot|switch: if it fails, nothing is switched
hook_before() {
	has_hook "before-$1" || return 0
	phase "before-$1"
	call_hook "before-$1" || fail "$problem: $version is not live; ${live_version:-nothing} was, and is, untouched"
}

# hook_after switch|failure: what is done is done
hook_after() {
	has_hook "after-$1" || return 0
	call_hook "after-$1" || say "$problem"
}

# While it runs, the new group is watched and the lock is free
start_hook_after_switch() {
	has_hook after-switch || return 0
	(exec 9>&- && hook_after switch) &
	after_switch=$!
}

await_hook_after_switch() {
	[ -z "${after_switch:-}" ] || wait "$after_switch" || :
	after_switch=
}

# A deploy that is cut off does not leave one behind
end_hook() {
	[ -z "$hook" ] || kill "$hook" 2>/dev/null || :
}
