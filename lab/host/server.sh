# shellcheck shell=sh
# The little server that `up` left running. Java starts it; these commands find it by its labels.

SERVER_USER=app
SERVER_DIR=/srv/app

# servers [STAGE] [-a]: the ids of those that are up, newest first; with -a also of those a reboot has stopped
servers() {
	docker ps -q ${2:+"$2"} --filter label=dev.zerodowntime.role=up --filter "label=dev.zerodowntime.stage${1:+=$1}"
}

find_server() {
	need_engine
	SERVER=$(servers "$STAGE" | head -n 1)
	[ -n "$SERVER" ] || die "no $STAGE server is up: ./workshop up $STAGE"
}

# on_server COMMAND...: as if logged in there
on_server() {
	if [ -t 0 ] && [ -t 1 ]; then
		tty=-it
	else
		tty=-i
	fi
	# Git Bash would turn the server's paths into Windows paths
	MSYS_NO_PATHCONV=1 exec docker exec "$tty" -u "$SERVER_USER" -w "$SERVER_DIR" "$SERVER" "$@"
}

# ask_server COMMAND...: as there, but without a terminal
ask_server() {
	MSYS_NO_PATHCONV=1 docker exec -i -u "$SERVER_USER" -w "$SERVER_DIR" "$SERVER" "$@"
}

# A stage's script takes Ctrl-C from a terminal, but never the caller's other input. Who watches sees what it says.
script_on_server() {
	[ -t 0 ] || exec </dev/null
	on_server "$@"
}

deploy() {
	[ $# -ge 2 ] || usage_error "deploy needs a step and a version: ./workshop deploy step1 v2"
	find_stage "$1"
	shift
	find_server
	for argument in "$@"; do
		case $argument in
			-*) ;;
			*) ship_app "$argument" </dev/null ;;
		esac
	done
	script_on_server told ./deploy.sh "$@"
}

rollback() {
	[ $# = 1 ] || usage_error "rollback needs a step: ./workshop rollback step1"
	find_stage "$1"
	[ -f "$STAGE_DIR/rollback.sh" ] || die "$STAGE has no rollback.sh: deploy the old version again (./workshop deploy $STAGE v1)"
	find_server
	script_on_server told ./rollback.sh
}

server_shell() {
	[ $# -ge 1 ] || usage_error "shell needs a step: ./workshop shell step1 [-- COMMAND]"
	find_stage "$1"
	shift
	[ "${1:-}" != -- ] || shift
	find_server
	if [ $# = 0 ]; then
		on_server sh
	else
		on_server "$@"
	fi
}

down() {
	[ $# -le 1 ] || usage_error "down takes one step or none: ./workshop down [step1]"
	STAGE=
	[ $# = 0 ] || find_stage "$1"
	need_engine
	ids=$(servers "$STAGE" -a)
	if [ -z "$ids" ]; then
		echo "no ${STAGE:+$STAGE }server is up"
		return
	fi
	for id in $ids; do
		fleet=$(docker inspect --format '{{index .Config.Labels "dev.zerodowntime.fleet"}}' "$id")
		docker rm -f -v "$id" >/dev/null || die "cannot remove the server $id: docker rm -f -v $id"
		echo "removed the server $id"
		[ -z "$fleet" ] || remove_fleet "$fleet"
	done
}

# remove_fleet NAME: the servers behind a load balancer, their network and their volume
remove_fleet() {
	# shellcheck disable=SC2046 # ids
	{ docker rm -f -v $(docker ps -aq --filter "label=dev.zerodowntime.fleet=$1") && docker network rm "$1" && docker volume rm "$1"; } >/dev/null ||
		die "cannot remove the servers behind it: ./workshop clean"
}
