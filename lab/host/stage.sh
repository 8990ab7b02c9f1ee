# shellcheck shell=sh disable=SC2034 # other parts read these variables
# The stages are the folders stepN-*; people type stepN.

stages() {
	for folder in step*-*/; do
		[ ! -d "$folder" ] || printf '%s\n' "${folder%%-*}"
	done
}

# Leaves STAGE (step1) and STAGE_DIR (step1-downtime-deploy).
find_stage() {
	STAGE=${1%/}
	STAGE=${STAGE%%-*}
	case $STAGE in
		step[1-9]*) set -- "${1%/}" "$STAGE"-*/ ;;
		*) set -- "$1" ;;
	esac
	if [ $# != 2 ] || [ ! -d "$2" ] || { [ "$1" != "$STAGE" ] && [ "$1/" != "$2" ]; }; then
		usage_error "unknown step '$1': there is $(stages | tr '\n' ' ' | sed 's/ $//; s/ /, /g')"
	fi
	STAGE_DIR=${2%/}
}
