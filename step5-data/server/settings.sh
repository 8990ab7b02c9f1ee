# shellcheck shell=sh disable=SC2034 # lib/settings.sh reads it
# What this service is; all settings are in lib/settings.sh of stage 3.

SERVICE=guestbook            # names the containers, the network and the volumes
IMAGE=data/guest-book        # a release is IMAGE:VERSION
READY_PORT=8081              # management.server.port in application.properties
