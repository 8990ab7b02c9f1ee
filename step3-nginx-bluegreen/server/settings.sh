# shellcheck shell=sh disable=SC2034 # lib/settings.sh reads it
# What this service is. The file belongs to its owner: no script writes to it, and an upgrade of the scripts leaves it alone.
# All settings, with their defaults and reasons, are in lib/settings.sh; a line here overrides the default, and the environment
# overrides both. What the application itself has to know (a database, a password) is in app.env, what is requested of
# an instance before traffic comes to it in warmup.txt.

SERVICE=bluegreen              # names the containers and the volume
IMAGE=bluegreen/guest-book     # a release is IMAGE:VERSION
READY_PORT=8081                # management.server.port in application.properties
NETWORK=bluegreen_guest-book   # its name on servers that were set up before it was a setting
