#!/bin/sh
# Makes this server ready for pushes. Run it again after a change of keys/: a key that is not there any more has no access then.
#
#   ./install.sh
#
# keys/ci.pub is the key of the CI: with it nobody can do more than door.sh lists. keys/developer.pub may push, which
# means: its code is built and run here. Bring the two files; a pair of which nothing is there is made, and then the private
# half has to leave this server. What else is in ~/.ssh/authorized_keys stays.
set -eu
umask 022
cd "$(dirname "$0")"
. ./settings.sh
here=$(pwd)
begin='# begin: written by install.sh of the guest book' end='# end: written by install.sh of the guest book'

make_pair() {
	[ -f "keys/$1.pub" ] || ssh-keygen -q -t ed25519 -N '' -C "$1" -f "keys/$1"
}

# allowed PUBLIC_KEY COMMAND: the line with which sshd runs the command, whatever the key's owner asks for
allowed() {
	key=$(tr -d '\r' <"$1")
	problem=$(printf '%s\n' "$key" | ssh-keygen -l -f - 2>&1) || fail "$1 is not a public key ($problem): copy the file as ssh-keygen has made it"
	[ "$(printf '%s\n' "$key" | wc -l)" = 1 ] || fail "$1 has more than one line: one key a file"
	echo "restrict,command=\"$2\" $key"
}

case $here in *[\'\"\\]*) fail "the folder $here has a quotation mark in its name: sshd could not run door.sh there" ;; esac
for tool in docker flock git java ssh-keygen ssh-keyscan; do
	command -v "$tool" >/dev/null || fail "$tool is not installed: install it"
done
# Where no registry can be reached, the images came along
[ ! -f images.tar ] || docker image inspect "$REGISTRY_IMAGE" >/dev/null 2>&1 || docker load --quiet --input images.tar >/dev/null
mkdir -p keys runs deploys ~/.ssh
chmod 700 keys ~/.ssh
make_pair ci
make_pair developer
# The hook is a CI too, and asks this server by ssh. Its pair is its own and never leaves this server. One without a public half
# is a copy of the CI's, as this script made it earlier.
if [ ! -f ~/.ssh/ci_key.pub ]; then
	rm -f ~/.ssh/ci_key
	ssh-keygen -q -t ed25519 -N '' -C hook -f ~/.ssh/ci_key
fi
ssh-keygen -F 127.0.0.1 >/dev/null 2>&1 || {
	host=$(ssh-keyscan -t ed25519 127.0.0.1 2>/dev/null)
	[ -n "$host" ] || fail "no ssh server answers at 127.0.0.1: start it (systemctl start ssh), then run this again"
	echo "$host" >>~/.ssh/known_hosts
}
touch ~/.ssh/authorized_keys
{
	if grep -qxF "$begin" ~/.ssh/authorized_keys; then
		sed "/^$begin\$/,/^$end\$/d" ~/.ssh/authorized_keys
	else
		# An earlier version of this script wrote its lines without the two comments
		# shellcheck disable=SC2016 # nothing is to be expanded
		grep -vF -e "restrict,command=\"$here/door.sh\" " -e 'restrict,command="git-shell -c \"$SSH_ORIGINAL_COMMAND\"" ' ~/.ssh/authorized_keys || :
	fi
	echo "$begin"
	# shellcheck disable=SC2016 # sshd sets the variable, the login shell expands it
	allowed keys/developer.pub 'git-shell -c \"$SSH_ORIGINAL_COMMAND\"'
	allowed keys/ci.pub "'$here/door.sh'"
	allowed ~/.ssh/ci_key.pub "'$here/door.sh'"
	echo "$end"
} >~/.ssh/authorized_keys.new
chmod 600 ~/.ssh/authorized_keys.new
mv ~/.ssh/authorized_keys.new ~/.ssh/authorized_keys
if [ ! -d guest-book.git ]; then
	git init --quiet --bare --initial-branch=main guest-book.git
fi
ln -sf ../../post-receive.sh guest-book.git/hooks/post-receive
case $IMAGE_NAME in
	localhost:*) docker compose --progress quiet --file registry.yaml up --detach --wait --wait-timeout 30 ;;
esac
say "ready for pushes"
