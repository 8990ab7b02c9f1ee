# shellcheck shell=sh
# The file history: a line for each thing that became of a release, never changed afterwards.
#
#   TIME USER VERSION switched group=GROUP image=ID   requests go to it from now on; digest=DIGEST in its registry, back=yes if that was
#                                                     a way back
#   TIME USER VERSION kept PHASE=MILLISECONDS...      it was watched to the end, the group before was stopped
#   TIME USER VERSION rolled-back                     it was left for the one before, and is not gone to by itself again until
#                                                     it is switched to once more
#   TIME USER VERSION failed                          it never went live

# record VERSION RESULT [WORD...]: what cannot be written down has happened all the same
record() {
	printf '%s %s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(id -un)" "$*" 2>/dev/null >>history ||
		say "history could not be written, no space left? It lacks: $*"
}

# What awk needs to follow the releases that were live, the last one on top. "live" and "rollback" are the words of older lines.
# shellcheck disable=SC2016 # awk expands
follow_history='
	function pop(version) { while (top && stack[top] != version) top-- }
	$4 == "rolled-back" { left[$3] = $1; if (top && stack[top] == $3) top-- }
	$4 == "switched" || $4 == "live" || $4 == "rollback" {
		back = ($4 == "rollback" || $0 ~ / back=yes/)
		if (back) { height = top; pop($3); if (!top) top = height }
		delete left[$3]
		if (stack[top] != $3) stack[++top] = $3
		if (!top) stack[++top] = $3
		since[$3] = $1; user[$3] = $2; known[$3] = 1
		for (i = 5; i <= NF; i++) {
			if ($i ~ /^image=/ && substr($i, 7) != image[$3]) { image[$3] = substr($i, 7); delete digest[$3] }
			if ($i ~ /^digest=/) digest[$3] = substr($i, 8)
		}
	}
	$4 == "kept" && $3 in since { kept[$3] = $1 }
'

with_history() {
	[ ! -f history ] || awk "$@" history
}

# The release that went live last
last_live() {
	with_history "$follow_history"' END { if (top) print stack[top] }'
}

# was_live VERSION
was_live() {
	[ -n "$(with_history -v version="$1" "$follow_history"' END { if (version in known) print "yes" }')" ]
}

# was_left VERSION: it was rolled back, and not deployed again since
was_left() {
	[ -n "$(with_history -v version="$1" "$follow_history"' END { if (version in left) print "yes" }')" ]
}

# why_barred VERSION: why the release cannot run any more, of the file no-way-back, which the owner's hooks write: VERSION WHY, one a line.
# A migration that removes what a release needs is such a reason. Empty if there is none
why_barred() {
	[ ! -f no-way-back ] || awk -v version="$1" '$1 == version { sub(/^[^ ]+ +/, ""); why = $0 } END { print why }' no-way-back
}

# release_before VERSION: the one that was live before it and was not rolled back; empty if there is none
release_before() {
	with_history -v now="$1" "$follow_history"'
		END {
			at = top
			while (at && stack[at] != now) at--
			if (!at) at = top + 1
			while (--at > 0) if (stack[at] != now && !(stack[at] in left)) { print stack[at]; exit }
		}'
}

# image_in_history VERSION: what it ran with when it was live
image_in_history() {
	with_history -v version="$1" "$follow_history"' END { print image[version] }'
}

# digest_in_history VERSION: what the registry called that image
digest_in_history() {
	with_history -v version="$1" "$follow_history"' END { print digest[version] }'
}

# list_history LIVE NEXT: each release that was live, the last one first
list_history() {
	# shellcheck disable=SC2016 # awk expands
	with_history -v live="$1" -v next_back="$2" -v now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$follow_history"'
		function days(date,    part, a, y, m) {
			split(date, part, /[-T:Z]/)
			a = int((14 - part[2]) / 12); y = part[1] + 4800 - a; m = part[2] + 12 * a - 3
			return part[3] + int((153 * m + 2) / 5) + 365 * y + int(y / 4) - int(y / 100) + int(y / 400)
		}
		function seconds(date,    part) {
			split(date, part, /[-T:Z]/)
			return part[4] * 3600 + part[5] * 60 + part[6]
		}
		function age(date,    s) {
			s = (days(now) - days(date)) * 86400 + seconds(now) - seconds(date)
			# The clock was set back since
			if (s < 0) return "at " date
			if (s < 120) return s " s ago"
			if (s < 7200) return int(s / 60) " min ago"
			if (s < 172800) return int(s / 3600) " h ago"
			return int(s / 86400) " days ago"
		}
		{ line[NR] = $3; result[NR] = $4 }
		END {
			for (at = NR; at > 0; at--) {
				version = line[at]
				if (!(version in known) || version in shown) continue
				shown[version] = 1
				state = "replaced"
				if (version == live) state = "live"
				else if (version in left) state = "rolled back " age(left[version])
				printf "%-20s switched to %s by %s, %s%s\n", version, age(since[version]), user[version], state, \
					version == next_back ? "   <- ./rollback.sh goes here" : ""
			}
		}'
}
