# shellcheck shell=sh disable=SC2034 # the scripts that source this read its variables
# The settings of the deployment. A file settings.sh beside the scripts overrides them, and the environment overrides both:
# BAKE=0 ./deploy.sh v2

given=$(export -p)
HTTP_PORT=80            # the port for http
HTTPS_PORT=443          # the port for https
SUBNET=172.29.77        # of the containers' network: nginx is .2, the instances are .11, .12, .21 and .22
NGINX_IMAGE=nginx:1.30  # at least 1.27.4
READY_LIMIT=120         # seconds until both instances have to be ready
DRAIN_LIMIT=60          # seconds that requests in flight may take after a switch
BAKE=60                 # seconds that the old group stays warm, and the new one is watched
WATCH_LIMIT=3           # seconds that the new group may be down, hang or fail before the script switches back
WATCH_PATH=/            # what the watch requests from each instance; an answer below 500 within a second is good
WARMUP_ROUNDS=300       # how often each path of warmup.txt is requested
MIN_FREE=500            # MB of free disk without which nothing is begun
# shellcheck source=/dev/null
[ ! -f settings.sh ] || . ./settings.sh
eval "$given"
DEPLOY_USER=$(id -u):$(id -g)
export HTTP_PORT HTTPS_PORT SUBNET NGINX_IMAGE DEPLOY_USER

image=bluegreen/guest-book

for name in HTTP_PORT HTTPS_PORT READY_LIMIT DRAIN_LIMIT BAKE WATCH_LIMIT WARMUP_ROUNDS MIN_FREE; do
	value=
	eval "value=\$$name"
	case $value in
		'' | *[!0-9]*) fail "$name=$value is not a number: see settings.sh and lib/settings.sh" 2 ;;
	esac
done
