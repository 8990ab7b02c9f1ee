#!/bin/sh
# All that the key of the CI can do on this server: sshd runs this in place of whatever was asked for.
#
#   deploy VERSION COMMIT IMAGE [again]   ships that image, given by its digest (gate.sh)
#   follow COMMIT | follow rollback       follows that deploy, or the rollback, to its end, when the connection was lost
#   show COMMIT FILE                      summary.md or report.html of that deploy
#   status                                what is live, what is warm, what a rollback would do
#   history                               which commit is live, and what was shipped when
#   rollback [VERSION]                    rolls back to the release before, or to VERSION, which was live here once
set -eu
# Words are words here: no pattern is expanded, nothing is evaluated
set -f
cd "$(dirname "$0")"
. ./settings.sh

refuse() {
	printf '%s\n' "command not allowed: $1" >&2
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
	deploy:4 | deploy:5)
		[ "${5:-again}" = again ] || refuse "$5 is not the word again"
		is_version "$2" || refuse "$2 is not a version"
		is_commit "$3" || refuse "$3 is not a commit"
		is_our_image "$4" || refuse "$4 is not $IMAGE_NAME@sha256:..."
		exec ./detached.sh "deploys/$3" ./gate.sh "$2" "$3" "$4" ${5:+again}
		;;
	follow:2)
		[ "$2" != rollback ] || exec ./detached.sh deploys/rollback
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
	rollback:1) exec ./detached.sh deploys/rollback ./back.sh ;;
	rollback:2)
		is_version "$2" || refuse "$2 is not a version"
		exec ./detached.sh deploys/rollback ./back.sh "$2"
		;;
	*) refuse "the commands are deploy VERSION COMMIT IMAGE [again], follow COMMIT, show COMMIT FILE, status, history and rollback [VERSION]" ;;
esac
