# shellcheck shell=sh
# Removes what carries the workshop's label or name, and nothing else.

clean() {
	take_lock
	if find_engine; then
		clean_engine
	else
		complain "Docker is left as it is, $ENGINE_PROBLEM: $ENGINE_CURE"
	fi
	installed="${HOME:-}/.m2/repository/dev/zerodowntime"
	for made in "$ROOT/report" "$installed" "$STATE"/*; do
		if [ -e "$made" ] && [ "$made" != "$LOCK" ]; then
			rm -rf "$made"
			echo "removed $made"
		fi
	done
	release_lock
	rmdir "$STATE" 2>/dev/null || :
	[ -z "$ENGINE_PROBLEM" ]
}

clean_engine() {
	remove containers 'docker rm -f -v' "$(docker ps -aq --filter "label=$OURS")"
	remove networks 'docker network rm' "$(docker network ls -q --filter "label=$OURS")"
	remove volumes 'docker volume rm -f' "$(docker volume ls -q --filter "label=$OURS")"
	remove images 'docker rmi -f' "$(docker image ls --format '{{.Repository}}:{{.Tag}}' --filter "label=$OURS" | grep -v '<none>')"
	remove 'half-made images' 'docker rmi -f' "$(docker image ls -q --filter dangling=true --filter "label=$OURS")"
}

# remove WHAT COMMAND IDS
remove() {
	[ -n "$3" ] || return 0
	# shellcheck disable=SC2086 # a command of several words, many ids
	$2 $3 >/dev/null || die "cannot remove all $1 of the workshop: stop what uses them and try again"
	# shellcheck disable=SC2086
	set -- "$1" $3
	echo "removed $1: $(($# - 1))"
}
