# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# The settings, their defaults and reasons. The owner's file settings.sh beside the scripts overrides them, and the environment
# overrides both: BAKE=0 ./deploy.sh v2

given=$(export -p)
SERVICE=bluegreen       # names the containers, the network and the volume: another name for each service on this machine
IMAGE=                  # a release is IMAGE:VERSION; empty: as SERVICE
INSTANCES=2             # in each group, 1 to 9: with 2, one may die; with 1, a deploy needs half the memory
APP_PORT=8080           # where the application takes requests (server.port)
READY_PORT=             # where it says that it is ready (management.server.port); empty: as APP_PORT
READY_PATH=/actuator/health/readiness  # the answer there is below 400 once the instance may get traffic
MEMORY=512m             # the most that an instance may have; during a deploy there are two groups
HTTP_PORT=80            # the port for http
HTTPS_PORT=443          # the port for https
SUBNET=172.29.77        # of the containers' network: nginx is .2, the instances are .11 to .19 and .21 to .29
NETWORK=                # that network's name; empty: as SERVICE
NGINX_IMAGE=nginx:1.30  # at least 1.27.4, and with bash: not an alpine image
READY_LIMIT=120         # seconds until all instances of the new group have to be ready
DRAIN_LIMIT=60          # seconds that requests in flight may take after a switch
BAKE=60                 # seconds that the old group stays warm, and the new one is watched
WATCH_LIMIT=3           # seconds that the new group may be down, hang or fail before the script switches back, and a live instance before it is taken out
WATCH_PATH=/            # what both watches request from each instance, once a second; an answer below 500 within a second is good
WARMUP_ROUNDS=300       # how often each path of warmup.txt is requested
MIN_FREE=500            # MB of free disk without which nothing is begun
KEEP=5                  # releases that stay on this server, the live one included, for rollbacks; 0: none is ever removed
HOOK_LIMIT=120          # seconds that each of the owner's hooks may take: longer than the longest migration
MIN_MEMORY=             # MB of available memory, swap included, without which no group is started; empty: INSTANCES x MEMORY
# shellcheck source=/dev/null
[ ! -f settings.sh ] || . ./settings.sh
eval "$given"
: "${IMAGE:=$SERVICE}" "${READY_PORT:=$APP_PORT}" "${NETWORK:=$SERVICE}"
DEPLOY_USER=$(id -u):$(id -g)
# For compose.yaml
export SERVICE IMAGE MEMORY HTTP_PORT HTTPS_PORT SUBNET NETWORK NGINX_IMAGE DEPLOY_USER

for name in ${MIN_MEMORY:+MIN_MEMORY} APP_PORT READY_PORT HTTP_PORT HTTPS_PORT READY_LIMIT DRAIN_LIMIT BAKE WATCH_LIMIT WARMUP_ROUNDS MIN_FREE KEEP HOOK_LIMIT; do
	value=
	eval "value=\$$name"
	case $value in
		# A shell that calculates with 08 ends there, perhaps after the switch
		'' | *[!0-9]* | 0?*) fail "$name=$value is not a number: see settings.sh and lib/settings.sh" 2 ;;
	esac
done
case $INSTANCES in
	[1-9]) ;;
	*) fail "INSTANCES=$INSTANCES is not a number from 1 to 9: see settings.sh" 2 ;;
esac
case $SERVICE in
	'' | [!a-z0-9]* | *[!a-z0-9_-]*) fail "SERVICE=$SERVICE may have small letters, digits, - and _ only: see settings.sh" 2 ;;
esac
for name in READY_PATH WATCH_PATH; do
	eval "value=\$$name"
	case $value in
		*[[:space:]\"\\]* | [!/]* | '') fail "$name=$value is not a path that begins with /: see settings.sh" 2 ;;
	esac
done
