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
reload_nginx
rm -f nginx/instances/unread
say "nginx has read its files again"
