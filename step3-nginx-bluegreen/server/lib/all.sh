# shellcheck shell=sh source-path=SCRIPTDIR/..
# What deploy.sh, rollback.sh and status.sh have in common. The caller is in the folder above.
. lib/common.sh
. lib/settings.sh
. lib/groups.sh
. lib/memory.sh
. lib/nginx.sh
. lib/history.sh
. lib/hold.sh
. lib/reconcile.sh
