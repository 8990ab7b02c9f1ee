#!/bin/sh
# Has nginx read its files again: after a change in nginx/, or with a new certificate in tls/. No request is lost.
#
#   ./reload.sh
#
# Exit status: 0 nginx works by the new files, 1 it works as before.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

case ${1:-} in
	'') ;;
	-h | --help) help && exit ;;
	*) fail "reload.sh takes no argument" 2 ;;
esac
take_lock reload
check_server
reconcile
is_running nginx || fail "nginx does not run: ./deploy.sh VERSION starts it"

# The process numbers of nginx's workers
workers() {
	docker top "$(container nginx)" -eo pid,args 2>/dev/null 9>&- | awk '/nginx: worker/ { print $1 }'
}

in_nginx -t || fail "nginx refuses its configuration and works as before: $(echo "$problem" | grep -m 1 emerg || echo "$problem")"
old=$(workers)
# Not "docker kill --signal HUP": Docker would take nginx for stopped by hand, and not start it after a reboot.
in_nginx -s reload || fail "nginx cannot be made to reload and works as before: $problem"
deadline=$(($(now) + 10))
until workers | grep -qvxF "$old"; do
	[ "$(now)" -lt "$deadline" ] || fail "nginx started no new workers within 10 s: docker logs $(container nginx)"
	sleep 0.1
done
say "nginx has read its files again"
