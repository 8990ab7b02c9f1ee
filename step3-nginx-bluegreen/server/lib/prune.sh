# shellcheck shell=sh disable=SC2154 # variables of deploy.sh
# Old releases: a deploy that succeeded removes them, or the disk is full after some months. Only what the history names is
# removed, and only by the names that it has here: the image IMAGE:VERSION and the folder releases/VERSION.

PRUNE_LIMIT=10      # seconds: other commands wait meanwhile. The next deploy goes on from there
MAX_LOG=20000000    # bytes of log/INSTANCE.log, after which a new file begins; one older file is kept

# kept_releases: the KEEP that were deployed last, the KEEP that ./rollback.sh would go to one after the other, and at least the one that it
# would go to now
kept_releases() {
	# shellcheck disable=SC2016 # awk expands
	with_history -v keep="$KEEP" "$follow_history"'
		{ line[NR] = $3 }
		END {
			for (at = NR; at > 0 && deployed < keep; at--) if (!(line[at] in is_kept)) { is_kept[line[at]]; deployed++ }
			for (at = top; at > 0 && ways < (keep > 2 ? keep : 2); at--) {
				if ((stack[at] in left) || (stack[at] in is_way)) continue
				is_way[stack[at]]; ways++
				is_kept[stack[at]]
			}
			for (version in is_kept) print version
		}'
	version_of blue
	version_of green
}

# arrived FILE: when it was copied here, as the history writes it. Not what the file says of itself: a copy may keep that
arrived() {
	date -u -d "@$(stat -c %Z "$1")" +%Y-%m-%dT%H:%M:%SZ
}

# old_releases: those that are on this server, that the history names, and that are not kept. Nor is one of these whose archive was
# copied here again since the history named it
old_releases() {
	{
		kept_releases | sed '/^$/d; s/^/kept /'
		awk '{ print "known", $3, $1 }' history 2>/dev/null
		docker images --format 'here {{.Tag}}' "$(local_name "$IMAGE")" 2>/dev/null 9>&-
		for archive in releases/*/image.tar; do
			[ ! -f "$archive" ] || echo "here $(basename "$(dirname "$archive")") $(arrived "$archive")"
		done
	} | awk '
		$1 == "kept" { kept[$2] }
		$1 == "known" { known[$2] = $3 }
		$1 == "here" && ($2 in known) { here[$2] }
		# For a deploy to come
		$1 == "here" && ($2 in known) && $3 > known[$2] { kept[$2] }
		END { for (old in here) if (!(old in kept) && old ~ /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/) print old }' | sort
}

# used_by_others: a container that is not of this service (a Compose project) and has one of its images, such as a staging copy of it
used_by_others() {
	docker ps --all --format '{{.Names}} {{.Image}} {{.Label "com.docker.compose.project"}}' 2>/dev/null 9>&- |
		while read -r used_by used project; do
			case $(local_name "$used") in
				"$(local_name "$IMAGE")":*) [ "$project" = "$SERVICE" ] || { echo "$used_by" && break; } ;;
			esac
		done
}

# remove_release VERSION: its image goes only if no container has it
remove_release() {
	if docker image inspect "$IMAGE:$1" >/dev/null 2>&1 9>&-; then
		problem=$(docker image rm "$IMAGE:$1" 2>&1 >/dev/null 9>&-) || return
	fi
	rm -f "releases/$1/image.tar"
	[ ! -d "releases/$1" ] || rmdir "releases/$1" 2>/dev/null || :
}

start_new_logs() {
	for log in log/blue-[1-9].log log/green-[1-9].log; do
		[ ! -f "$log" ] || [ "$(wc -c <"$log")" -le "$MAX_LOG" ] || mv -f "$log" "$log.old"
	done
}

# prune: called with the lock, when the release is live and all else is done
prune() {
	start_new_logs
	[ "$KEEP" != 0 ] || return 0
	see
	other_container=$(used_by_others)
	if [ -n "$other_container" ]; then
		say "no old release is removed, for the container $other_container uses an image of $IMAGE, too"
		return
	fi
	deadline=$(($(now) + PRUNE_LIMIT))
	removed=
	for old in $(old_releases); do
		[ "$(now)" -lt "$deadline" ] || break
		if remove_release "$old"; then
			removed="$removed $old"
		else
			say "the old release $old could not be removed: $problem"
		fi
	done
	[ -z "$removed" ] || say "removed old releases:$removed (KEEP=$KEEP); $(df -Pm . | awk 'NR == 2 { print $4 }') MB of disk are free"
}
