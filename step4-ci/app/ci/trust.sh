#!/bin/sh
# On a CI service: puts the key and the server's own key where ssh looks for them.
#
# CI_KEY        the private key whose public half stands in the server's authorized_keys
# KNOWN_HOSTS   the server's line of ssh-keyscan
set -eu
umask 077
mkdir -p ~/.ssh
printf '%s\n' "${CI_KEY:?the private key}" >~/.ssh/ci_key
printf '%s\n' "${KNOWN_HOSTS:?the server, as ssh-keyscan prints it}" >>~/.ssh/known_hosts
