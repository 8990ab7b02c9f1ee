# shellcheck shell=sh disable=SC2034 # other parts read these variables
# The Docker engine: is there one, is it new enough, and, where we may, let there be one.

# Engine 20.10 speaks 1.41; it is the oldest that the lab was tried with.
MIN_API=1.41
ENGINE_LIMIT=60

# Leaves CLIENT_API, SERVER_API, ENGINE_VERSION, ENGINE_ARCH; or says in ENGINE_PROBLEM and ENGINE_CURE what is wrong,
# and in ENGINE_ABSENT that there is none at all.
find_engine() {
	ENGINE_PROBLEM='' ENGINE_CURE='' ENGINE_ABSENT='' CLIENT_API='' SERVER_API='' ENGINE_VERSION='' ENGINE_ARCH=''
	if ! command -v docker >/dev/null 2>&1; then
		ENGINE_ABSENT=yes
		ENGINE_PROBLEM="no docker command on PATH"
		ENGINE_CURE=$(engine_install_cure)
		return 1
	fi
	format='{{.Client.DefaultAPIVersion}} {{.Server.APIVersion}} {{.Server.Version}} {{.Server.Os}} {{.Server.Arch}}'
	if ! answer=$(within 20 docker version --format "$format" 2>&1); then
		explain_silence "$answer"
		return 1
	fi
	# A warning may stand before the answer
	answer=$(printf '%s\n' "$answer" | tail -n 1)
	# shellcheck disable=SC2086 # split into words on purpose
	set -- $answer
	CLIENT_API=$1 SERVER_API=$2 ENGINE_VERSION=$3 ENGINE_ARCH=$5
	if [ "$4" != linux ]; then
		ENGINE_PROBLEM="Docker runs $4 containers"
		ENGINE_CURE="switch Docker Desktop to Linux containers"
	elif [ "${SERVER_API#*.}" -lt "${MIN_API#*.}" ]; then
		ENGINE_PROBLEM="Docker engine $ENGINE_VERSION is too old (API $SERVER_API, needed is $MIN_API)"
		ENGINE_CURE="upgrade Docker to 20.10 or newer"
	fi
	[ -z "$ENGINE_PROBLEM" ]
}

explain_silence() {
	case $1 in
		*'permission denied'*)
			ENGINE_PROBLEM="you may not talk to the Docker engine"
			ENGINE_CURE="sudo usermod -aG docker $(id -un), then log in again"
			;;
		*'too old'* | *'too new'*)
			ENGINE_PROBLEM="the docker command and the Docker engine do not understand each other"
			ENGINE_CURE="upgrade Docker"
			;;
		*)
			ENGINE_ABSENT=yes
			ENGINE_PROBLEM="no Docker engine answers${DOCKER_HOST:+ at DOCKER_HOST=$DOCKER_HOST}"
			ENGINE_CURE=$(engine_start_cure)
			;;
	esac
}

engine_install_cure() {
	case $(uname) in
		Darwin) echo "install Docker Desktop or colima, and start it" ;;
		MINGW* | MSYS* | CYGWIN*) echo "install Docker Desktop, and start it" ;;
		*) echo "install Docker (Debian, Ubuntu: sudo apt-get install docker.io) and add yourself to its group (sudo usermod -aG docker $(id -un))" ;;
	esac
}

engine_start_cure() {
	if [ -n "${DOCKER_HOST:-}" ]; then
		echo "unset DOCKER_HOST, or start the engine it names"
		return
	fi
	case $(uname) in
		Darwin) echo "start Docker Desktop (or: colima start)" ;;
		MINGW* | MSYS* | CYGWIN*) echo "start Docker Desktop" ;;
		*) echo "start it (sudo systemctl start docker, or Docker Desktop)" ;;
	esac
}

need_engine() {
	find_engine || die "$ENGINE_PROBLEM: $ENGINE_CURE"
}

ensure_engine() {
	find_engine && return
	if ! may_start_engine; then
		die "$ENGINE_PROBLEM: $ENGINE_CURE"
	fi
	if ! command -v dockerd >/dev/null 2>&1 || ! command -v docker >/dev/null 2>&1; then
		step "Installing the Docker engine"
		apt_install engine docker.io iptables
	fi
	find_engine || start_engine
	need_engine
}

# An engine that is there but does not fit is the reader's to change
may_start_engine() {
	[ -n "$ENGINE_ABSENT" ] && [ -z "${DOCKER_HOST:-}" ] && may_install
}

start_engine() {
	step "Starting the Docker engine"
	mkdir -p "$LOGS"
	LOG="$LOGS/dockerd.log"
	dockerd=
	if [ -d /run/systemd/system ]; then
		logged dockerd systemctl start docker || failed "$LOG" "the Docker engine does not start"
	else
		# A session of its own: the engine outlives this command and its terminal
		(cd / && exec setsid dockerd) >"$LOG" 2>&1 </dev/null &
		dockerd=$!
	fi
	waited=0
	until within 5 docker version >/dev/null 2>&1; do
		[ "$waited" -lt "$ENGINE_LIMIT" ] || failed "$LOG" "the Docker engine does not answer $ENGINE_LIMIT seconds after its start"
		[ -z "$dockerd" ] || kill -0 "$dockerd" 2>/dev/null || failed "$LOG" "the Docker engine stopped at its start"
		sleep 1
		waited=$((waited + 1))
	done
}
