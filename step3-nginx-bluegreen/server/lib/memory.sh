# shellcheck shell=sh disable=SC2154 # idle is the caller's
# Memory: whether the new group fits beside what runs, and whether an instance was killed because it did not.

# megabytes SIZE: of a size as Compose writes it, such as 512m or 1.5g; rounded up
megabytes() {
	awk -v size="$1" 'BEGIN {
		unit = tolower(size)
		gsub(/[0-9.b ]/, "", unit)
		factor["g"] = 1024; factor["m"] = 1; factor["k"] = 1 / 1024; factor[""] = 1 / 1048576
		if (!(unit in factor) || size + 0 <= 0) exit 1
		mb = size * factor[unit]
		print int(mb) + (mb > int(mb))
	}'
}

# check_memory CONSEQUENCE: of the memory that is available, swap included, the new group may take all that its limits allow
check_memory() {
	each=$(megabytes "$MEMORY") || fail "MEMORY=$MEMORY is not a size such as 512m or 2g: see settings.sh" 2
	needed=${MIN_MEMORY:-$((INSTANCES * each))}
	available=$(awk '$1 == "MemAvailable:" || $1 == "SwapFree:" { kb += $2 } END { print int(kb / 1024) }' /proc/meminfo)
	if [ -z "$MIN_MEMORY" ]; then
		because="$INSTANCES x $MEMORY" lower='INSTANCES or MEMORY'
	else
		because=MIN_MEMORY lower=MIN_MEMORY
	fi
	[ "$available" -ge "$needed" ] ||
		fail "only $available MB of memory are available, swap included, and $idle needs $needed ($because), $1: free some, add swap, or set $lower lower"
}

# killed_for_memory INSTANCE: since its container was made. Docker forgets it when it starts the container again; the engine's last
# events still have it.
killed_for_memory() {
	[ "$(seen_of "$1" oom)" = true ] ||
		[ -n "$(docker events --since 24h --until "$(date +%s)" --filter event=oom --filter "container=$(container "$1")" --format '{{.Actor.ID}}' 2>/dev/null 9>&- | grep -xF "$(seen_of "$1" container)" | head -n 1)" ]
}
