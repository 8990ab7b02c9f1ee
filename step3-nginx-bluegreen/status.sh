#!/bin/sh
# Shows what is live, what is warm, what a command would do next, and how the last deploys went. Touches nothing.
#
#   ./status.sh [--json]
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

json=
case ${1:-} in
	'') ;;
	-h | --help) help && exit ;;
	--json) json=yes ;;
	*) fail "unknown argument $1: ./status.sh [--json]" 2 ;;
esac

# instance_state INSTANCE: as the engine sees it
instance_state() {
	state=$(seen_of "$1" status)
	echo "${state:-no container}"
}

# instance_health INSTANCE: as requests see it
instance_health() {
	[ "$(instance_state "$1")" = running ] || return 0
	answers "$1" || {
		echo "$problem"
		return
	}
	is_ready "$1" && echo ready || echo 'not ready'
}

group_state() {
	if [ "$1" = "$live" ]; then
		echo live
	else
		idle_state
	fi
}

days_left() {
	end=$(openssl x509 -enddate -noout -in tls/certificate.pem 2>/dev/null | cut -d = -f 2)
	[ -z "$end" ] || echo $((($(date -d "$end" +%s) - $(date +%s)) / 86400))
}

# What ./rollback.sh would do
way_back() {
	target=
	[ -z "$live" ] || target=$(next_back)
	if [ -z "$target" ]; then
		echo 'there is nothing to roll back to'
	elif is_way_back "$target" && is_warm "$idle"; then
		echo "switches back to $idle with $target"
	else
		echo "deploys $target"
	fi
}

check_server
look_up
: "${idle:=blue}"
free=$(df -Pm . | awk 'NR == 2 { print $4 }')
draining=$(in_flight "$idle" 2>/dev/null || echo 0)
certificate=$(days_left)

if [ -n "$json" ]; then
	printf '{"live":"%s","release":"%s","nginx":"%s","groups":{' "$live" "$live_version" "$(instance_state nginx)"
	comma=
	for group in blue green; do
		printf '%s"%s":{"state":"%s","release":"%s","instances":{' "$comma" "$group" "$(group_state "$group")" "$(version_of "$group")"
		comma=
		for instance in $(instances "$group"); do
			printf '%s"%s":{"state":"%s","health":"%s","since":"%s"}' "$comma" "$instance" \
				"$(instance_state "$instance")" "$(instance_health "$instance")" "$(seen_of "$instance" since)"
			comma=,
		done
		printf '}}'
	done
	printf '},"in_flight_to_idle":%s,"certificate_days_left":%s,"disk_mb_free":%s,"rollback":"%s"}\n' \
		"$draining" "${certificate:-null}" "$free" "$(way_back)"
	exit
fi

is_running nginx || [ -z "$live" ] ||
	echo "nginx is not running ($(instance_state nginx)), so nothing answers: ./deploy.sh and ./rollback.sh start it"
for group in blue green; do
	state=$(group_state "$group")
	printf '%-6s %-10s %s\n' "$group" "$state" "$(version_of "$group")"
	[ "$state" != off ] || continue
	for instance in $(instances "$group"); do
		printf '  %-8s %s\n' "$instance" \
			"$(instance_state "$instance") $(instance_health "$instance") since $(seen_of "$instance" since | cut -d . -f 1)"
	done
done
unread=$(unread_settings | paste -s -d ' ' -)
[ -z "$unread" ] || echo "nginx does not work by $unread until its container is created again"
[ "$draining" = 0 ] || echo "nginx has $draining connections to $idle"
[ -z "$certificate" ] || echo "the certificate ends in $certificate days"
echo "$free MB of disk are free"
echo "./rollback.sh $(way_back)"
[ ! -f history ] || tail -n 5 history
