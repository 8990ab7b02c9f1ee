# shellcheck shell=sh disable=SC2154 # variables of deploy.sh
# After the switch: the new group is watched until the one before is stopped. Meanwhile the lock is free, for ./rollback.sh and
# for the next deploy.

watch_begins() {
	warm=$(seen_of "$live-1" container)
	bad_since=
	no_way_back=
	needs_no_space=yes
}

# One look at what became of the switch, at most a second's worth
look() {
	see
	look_around
	if well "$idle"; then
		[ -z "$bad_since" ] || say "$idle is well again"
		bad_since=
		return
	fi
	[ -n "$bad_since" ] || {
		bad_since=$(now_ms)
		say "$problem"
	}
	[ "$(($(now_ms) - bad_since))" -ge "$((WATCH_LIMIT * 1000))" ] || return 0
	reason=$problem
	if serves "$live"; then
		switch_back
	elif [ -z "$no_way_back" ]; then
		no_way_back=yes
		say "$idle stays live, for $live is no better: $problem"
	fi
}

# Ends this deploy where somebody else has gone on from it
look_around() {
	[ "$(seen_of "$live-1" container)" = "$warm" ] || taken_over
	[ "$(live_group)" != "$live" ] || fail "$version was rolled back"
}

taken_over() {
	# The engine may only not have answered
	engine_answers || return 0
	say "$version is live, and another command has taken over $live: $(holder)"
	exit
}

switch_back() {
	# Somebody else may be doing so
	try_lock "switching back from $version" || return 0
	see
	look_around
	trap '' INT TERM HUP
	record "$version" rolled-back "reason=$(echo "$reason" | tr ' ' _)"
	switch "$live"
	come_first "$live" || :
	record "$live_version" switched "group=$live" "image=$(image_of "$live")" back=yes
	say "switched back to $live with $live_version, $(($(now_ms) - bad_since)) ms after the first failed look"
	drain "$idle"
	stop "$idle"
	fail "$version was rolled back: $reason"
}

# The group before is not needed any more, unless somebody rolls back. Ends with the lock.
bake() {
	if [ "$BAKE" -gt 0 ]; then
		say "$live stays warm for $BAKE s: ./rollback.sh switches back at once"
		deadline=$(($(now) + BAKE))
		while [ "$(now)" -lt "$deadline" ] || [ -n "$bad_since" ]; do
			# A bad sign is followed closely
			sleep "${bad_since:+0.}1"
			look
			# Bad to the end, and no way back
			[ -z "$no_way_back" ] || [ "$(now)" -lt "$deadline" ] || break
		done
	fi
	deadline=$(($(now) + DRAIN_LIMIT))
	# A bad sign is followed up before the way back is given up
	until { [ -z "$bad_since" ] || [ -n "$no_way_back" ]; } && try_lock "deploy of $version, after its bake time"; do
		sleep 0.1
		look
		[ "$(now)" -lt "$deadline" ] || taken_over
	done
	see
	look_around
}

# first_switch GROUP: nothing is live yet, and nginx may not run
first_switch() {
	mkdir -p nginx/live
	: >"nginx/live/$1"
	run_nginx
	deadline=$(($(now) + 30))
	until [ "$(from_nginx /group)" = "$1" ] && answered_by "$1"; do
		[ "$(now)" -lt "$deadline" ] || fail "nginx does not answer at http://$SUBNET.2:8082/group: docker logs $(container nginx)"
		sleep 0.1
	done
}
