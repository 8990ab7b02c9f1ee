# shellcheck shell=sh
# The settings of the scripts, which the environment overrides: CANARY=10 ./deploy.sh v2
: "${CANARY:=0}"        # percent of the requests that the new group gets at first; 0: all at once
: "${CANARY_TIME:=10}"  # seconds that it gets only that share
: "${CANARY_MAX:=0}"    # requests that it may fail in that time
: "${READY_LIMIT:=120}" # seconds until a server of the new group has to be ready
: "${DRAIN_LIMIT:=60}"  # seconds that requests in flight may take after a switch
: "${WARMUP:=300}"      # requests that each server gets before its first one from outside

for name in CANARY CANARY_TIME CANARY_MAX READY_LIMIT DRAIN_LIMIT WARMUP; do
	value=
	eval "value=\$$name"
	case $value in
		'' | *[!0-9]* | 0?*) fail "$name=$value is not a number: see settings.sh" 2 ;;
	esac
done
[ "$CANARY" -lt 100 ] || fail "CANARY=$CANARY is not a share below 100 percent: see settings.sh" 2
