#!/bin/sh
# Switches to the release that ./deploy.sh --hold has started in the idle group, with the checks, the watch and the bake time of a deploy.
#
#   ./promote.sh [--no-bake]
#   ./promote.sh --discard     removes that release; the live release stays live
#
# Exit status: 0 the release is live (with --discard: it is removed), 1 it is not, 2 wrong argument (nothing was touched), 130 interrupted.
set -eu
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

[ $# -le 1 ] || fail "give at most one option: ./promote.sh --help" 2
case ${1:-} in
	-h | --help) help && exit ;;
	'' | --no-bake) exec ./deploy.sh --promote "$@" ;;
	--discard) ;;
	*) fail "unknown argument $1: ./promote.sh --help" 2 ;;
esac
take_lock discard
check_server
reconcile
is_held || fail "nothing is held: ./deploy.sh --hold VERSION"
version=$(version_of "$idle")
kill_group "$idle"
rm -f held
record "$version" discarded
say "$version is removed; $live stays live with $live_version"
