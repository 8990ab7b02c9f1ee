#!/bin/sh
# All that the key of the CI can do on this server: sshd runs this in place of whatever was asked for.
#
#   deploy VERSION COMMIT IMAGE   ships that image, given by its digest
#   follow COMMIT                 follows that deploy to its end, when the connection was lost
#   show COMMIT FILE              summary.md or report.html of that deploy
#   status                        what is live, what is warm, the last deploys
#   history                       which commit is live, and what was shipped when
#   rollback                      back to the release before
set -eu
# Words are words here: no pattern is expanded, nothing is evaluated
set -f
cd "$(dirname "$0")"
. ./settings.sh

refuse() {
	echo "this key cannot do that: $1" >&2
	exit 2
}

is_version() {
	case $1 in
		'' | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) return 1 ;;
	esac
	[ "${#1}" -le 100 ]
}

is_our_image() {
	digest=${1#"$IMAGE_NAME@sha256:"}
	[ "$digest" != "$1" ] && [ "${#digest}" = 64 ] || return 1
	case $digest in *[!0-9a-f]*) return 1 ;; esac
}

# shellcheck disable=SC2086 # words
set -- ${SSH_ORIGINAL_COMMAND:-}
case ${1:-}:$# in
	deploy:4)
		is_version "$2" || refuse "$2 is not a version"
		is_commit "$3" || refuse "$3 is not a commit"
		is_our_image "$4" || refuse "$4 is not $IMAGE_NAME@sha256:..."
		exec ./detached.sh "deploys/$3" ./gate.sh "$2" "$3" "$4"
		;;
	follow:2)
		is_commit "$2" || refuse "$2 is not a commit"
		exec ./detached.sh "deploys/$2"
		;;
	show:3)
		is_commit "$2" || refuse "$2 is not a commit"
		case $3 in summary.md | report.html) ;; *) refuse "show summary.md or report.html" ;; esac
		exec cat "deploys/$2/$3"
		;;
	status:1) exec bluegreen/status.sh ;;
	history:1) exec ./history.sh ;;
	rollback:1) exec bluegreen/rollback.sh ;;
	*) refuse "deploy VERSION COMMIT IMAGE, follow COMMIT, show COMMIT FILE, status, history or rollback" ;;
esac
