# shellcheck shell=sh disable=SC2034 # lib/settings.sh reads it
SERVICE=orders
APP_PORT=9090
READY_PORT=9091
