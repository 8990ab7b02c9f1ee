#!/bin/sh
# start-fleet.sh balancer | server: the first command of the box, in the place of systemd.
set -eu

case $1 in
	balancer)
		# The configuration comes after the box. HAProxy is started again whenever it ends.
		while :; do
			if [ -f /srv/app/haproxy/haproxy.cfg ]; then
				haproxy -W -f /srv/app/haproxy/haproxy.cfg || echo "HAProxy ended with exit status $?"
			fi
			sleep 0.2
		done
		;;
	server)
		mkdir -p /run/sshd
		ssh-keygen -A >/dev/null
		# After a reboot: what ran before runs again
		[ ! -x /srv/app/agent.sh ] || setpriv --reuid=app --regid=app --init-groups /srv/app/agent.sh boot
		exec /usr/sbin/sshd -D
		;;
esac
