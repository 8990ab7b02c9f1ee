#!/bin/sh
# Makes this server ready for pushes; what is there already stays as it is.
#
#   ./install.sh
#
# keys/ci.pub is the key of the CI: with it nobody can do more than door.sh lists. keys/developer.pub may push, which
# means: its code is built and run here. Bring the two files; a pair that is missing is made, and then the private
# half has to leave this server.
set -eu
umask 022
cd "$(dirname "$0")"
. ./settings.sh
here=$(pwd)

make_pair() {
	[ -f "keys/$1.pub" ] || ssh-keygen -q -t ed25519 -N '' -C "$1" -f "keys/$1"
}

# allow KEY COMMAND: sshd runs the command, whatever the key's owner asks for
allow() {
	line="restrict,command=\"$2\" $(cat "keys/$1.pub")"
	grep -qxF "$line" ~/.ssh/authorized_keys 2>/dev/null || echo "$line" >>~/.ssh/authorized_keys
}

for tool in docker flock git java ssh-keygen; do
	command -v "$tool" >/dev/null || fail "$tool is missing: install it"
done
# Where no registry can be reached, the images came along
[ ! -f images.tar ] || docker image inspect "$REGISTRY_IMAGE" >/dev/null 2>&1 || docker load --quiet --input images.tar >/dev/null
mkdir -p keys runs deploys ~/.ssh
chmod 700 keys ~/.ssh
make_pair ci
make_pair developer
# shellcheck disable=SC2016 # sshd sets the variable, the login shell expands it
allow developer 'git-shell -c \"$SSH_ORIGINAL_COMMAND\"'
allow ci "$here/door.sh"
chmod 600 ~/.ssh/authorized_keys
# The hook is a CI of its own: it asks this server by ssh, as one elsewhere does
if [ -f keys/ci ]; then
	cp keys/ci ~/.ssh/ci_key
	ssh-keygen -F 127.0.0.1 >/dev/null 2>&1 || ssh-keyscan -t ed25519 127.0.0.1 2>/dev/null >>~/.ssh/known_hosts
fi
if [ ! -d guest-book.git ]; then
	git init --quiet --bare --initial-branch=main guest-book.git
fi
ln -sf ../../post-receive.sh guest-book.git/hooks/post-receive
case $IMAGE_NAME in
	localhost:*) docker compose --progress quiet --file registry.yaml up --detach --wait --wait-timeout 30 ;;
esac
say "ready for pushes"
