# shellcheck shell=sh
# What only root on Debian or Ubuntu can do by itself.

APT_UPDATED=

may_install() {
	[ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null 2>&1
}

# apt_install LOG PACKAGE...
apt_install() {
	name=$1
	shift
	# An earlier interruption may have left packages unpacked but not configured; apt-get refuses to work then.
	[ -n "$APT_UPDATED" ] || logged "$name" sh -c 'dpkg --configure -a && apt-get update' || failed "$LOG" "apt-get update failed: check the network and /etc/apt"
	APT_UPDATED=yes
	logged "$name" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" || failed "$LOG" "apt-get could not install $*"
}
