#!/bin/sh
# Tells what is live, what is warm, and how the last deploys went.
#
#   ./status.sh
set -eu
cd "$(dirname "$0")"
. ./colours.sh

live=$(live_colour) || exit 1
for colour in blue green; do
	if [ "$colour" = "$live" ]; then
		state=live
	elif is_warm "$colour"; then
		state=warm
	elif is_running "$colour-1" || is_running "$colour-2"; then
		state='not ready'
	else
		state=off
	fi
	printf '%-6s %-10s %s\n' "$colour" "$state" "$([ "$state" = off ] || version_of "$colour")"
done
draining=$(draining_workers | wc -l)
[ "$draining" = 0 ] || echo "nginx: $draining old workers are draining"
[ ! -f history ] || tail -n 5 history
