#!/bin/sh
# On a CI service: puts the key and the server's own key where ssh looks for them.
#
# CI_KEY        the private key whose public half is in the server's authorized_keys
# KNOWN_HOSTS   the server's line of ssh-keyscan
set -eu
umask 077

fail() {
	printf 'trust.sh: %s\n' "$1" >&2
	exit 2
}

# without_damage NAME TEXT: the lines without what a form or a clipboard adds; says what that was
without_damage() {
	text=$(printf %s "$2")
	printf '%s\n' "$text" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' >"$HOME/.ssh/$1.new"
	printf '%s\n' "$text" | cmp -s - "$HOME/.ssh/$1.new" ||
		echo "==> $1 has Windows line ends, spaces or empty lines around its text: they were removed"
}

mkdir -p ~/.ssh
without_damage CI_KEY "${CI_KEY:?the private key}"
without_damage KNOWN_HOSTS "${KNOWN_HOSTS:?the server, as ssh-keyscan prints it}"
trap 'rm -f ~/.ssh/*.new' EXIT
problem=$(ssh-keygen -y -P '' -f ~/.ssh/CI_KEY.new 2>&1 >/dev/null) ||
	fail "CI_KEY is not a private key without a passphrase ($(wc -l <~/.ssh/CI_KEY.new) lines; $(echo "$problem" | paste -s -d ' ' -)): copy the whole file, from its first to its last line"
problem=$(ssh-keygen -l -f ~/.ssh/KNOWN_HOSTS.new 2>&1 >/dev/null) ||
	fail "KNOWN_HOSTS is not what ssh-keyscan prints ($(echo "$problem" | paste -s -d ' ' -))"
cat ~/.ssh/KNOWN_HOSTS.new >>~/.ssh/known_hosts
mv ~/.ssh/CI_KEY.new ~/.ssh/ci_key
