#!/bin/sh
# The first command of the box: starts the ssh server, then becomes the Docker engine.
set -eu

mkdir -p /run/sshd
ssh-keygen -A >/dev/null
/usr/sbin/sshd
exec sh /usr/local/sbin/start-engine.sh
