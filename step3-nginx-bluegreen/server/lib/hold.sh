# shellcheck shell=sh disable=SC2154 # variables of the caller
# A release that is held: it runs in the idle group, ready and warm, until ./promote.sh switches to it or another command replaces it.
# The file held has the id of its first container, so it means nothing any more when that is gone.

is_held() {
	[ -s held ] && [ "$(cat held)" = "$(of_group "$idle" container)" ]
}

# hold: ends the deploy before its switch
hold() {
	see
	of_group "$idle" container >held || fail "$(pwd)/held could not be written, nothing was switched: no space left? (df -h .)"
	stage=held
	phase end
	# shellcheck disable=SC2086 # words
	record "$version" held "group=$idle" "image=$(image_of "$idle")" $phases
	say "$version is held in $idle; $live stays live with $live_version. To see it: ssh -L 8083:$SUBNET.2:8083 to this server, then http://localhost:8083/"
	say "./promote.sh switches to it, ./promote.sh --discard removes it"
	exit
}
