# shellcheck shell=sh source-path=SCRIPTDIR/..
# What the scripts have in common. The caller is in the folder above. common.sh and history.sh are stage 3's.
. lib/balancer.sh
. lib/servers.sh
# shellcheck source=../../step3-nginx-bluegreen/server/lib/common.sh
. lib/common.sh
# shellcheck source=../../step3-nginx-bluegreen/server/lib/history.sh
. lib/history.sh
. ./settings.sh
