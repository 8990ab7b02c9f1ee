#!/bin/sh
# Installs a certificate: checks it, makes nginx read it, and checks that nginx serves it. No request is lost.
#
#   ./certificate.sh CERTIFICATE KEY
#
# CERTIFICATE is a PEM file with the server's own certificate first and the chain after it (certbot and acme.sh: fullchain), KEY its
# private key without a passphrase. Both are copied to tls/, where only their owner may read them. If nginx does not serve the new
# certificate, the pair before is put back. An ACME client may run this script as root: it then continues as the owner of this folder.
#
# Exit status: 0 nginx serves it (or will when it starts, if it does not run yet), 1 it does not, and the pair before is in its place,
# 2 wrong argument or wrong file (nothing was touched).
set -eu
given_in=$(pwd)
cd "$(dirname "$0")"
# shellcheck source-path=SCRIPTDIR/server
. lib/all.sh

case ${1:-} in
	-h | --help) help && exit ;;
esac
[ $# = 2 ] || fail "give two files: ./certificate.sh CERTIFICATE KEY" 2

# file_of PATH: a relative path belongs to the caller's folder
file_of() {
	case $1 in
		/*) echo "$1" ;;
		*) echo "$given_in/$1" ;;
	esac
}

certificate=$(file_of "$1")
key=$(file_of "$2")
for file in "$certificate" "$key"; do
	if [ ! -f "$file" ] || [ ! -r "$file" ]; then
		fail "$file cannot be read, nothing was touched" 2
	fi
done

# Only root may read certbot's files, and no file in this folder may belong to root
if [ "$(id -u)" = 0 ] && [ "$(stat -c %u .)" != 0 ]; then
	owner=$(stat -c %U .)
	copies=$(mktemp -d)
	trap 'rm -rf "$copies"' EXIT
	cp "$certificate" "$copies/certificate.pem"
	cp "$key" "$copies/key.pem"
	chown -R "$owner" "$copies"
	runuser -u "$owner" -- "./$(basename "$0")" "$copies/certificate.pem" "$copies/key.pem"
	exit
fi

# of_certificate OPTION: what openssl x509 prints about the first certificate in the file
of_certificate() {
	openssl x509 -in "$certificate" -noout "$@" 2>/dev/null 9>&-
}

# An empty passphrase is given, so that openssl does not ask for one
public_key() {
	openssl pkey -in "$key" -passin pass: -pubout 2>/dev/null 9>&-
}

served_serial() {
	timeout 5 openssl s_client -connect "$SUBNET.2:8443" </dev/null 2>/dev/null 9>&- | openssl x509 -noout -serial 2>/dev/null 9>&-
}

put_in_place() {
	mv -f "tls/key$1" tls/key.pem && mv -f "tls/certificate$1" tls/certificate.pem && { sync tls || :; }
}

# put_back WHY
put_back() {
	trap - EXIT
	[ ! -e tls/certificate.old ] || put_in_place .old
	fail "$1; the certificate before is in its place again"
}

of_certificate -subject >/dev/null || fail "$certificate is no certificate in PEM, nothing was touched" 2
public=$(public_key) || fail "$key is no private key in PEM without a passphrase, nothing was touched" 2
[ "$(of_certificate -pubkey)" = "$public" ] ||
	fail "$key is not the key of the first certificate in $certificate, nothing was touched: are the two from the same order, and is the server's own certificate the first one?" 2
of_certificate -checkend 0 >/dev/null || fail "$certificate has expired ($(of_certificate -enddate | cut -d = -f 2)), nothing was touched" 2
serial=$(of_certificate -serial)

take_lock "certificate ${serial#*=}"
check_server
reconcile
mkdir -p tls
(umask 077 && cp "$certificate" tls/certificate.new && cp "$key" tls/key.new && chmod 600 tls/certificate.new tls/key.new) 9>&- ||
	fail "tls/ could not be written, nothing was touched: no space left? (df -h .)"
rm -f tls/certificate.old tls/key.old
if [ -s tls/certificate.pem ]; then
	cp -p tls/certificate.pem tls/certificate.old 9>&-
	cp -p tls/key.pem tls/key.old 9>&-
fi
put_in_place .new
if ! is_running nginx; then
	say "certificate ${serial#*=} is installed: nginx does not run, and will serve it from its start"
	exit
fi
in_nginx -t || put_back "nginx refuses its files: $(configuration_problem)"
trap 'put_back "nginx was not reloaded"' EXIT
reload_nginx
trap - EXIT
rm -f nginx/instances/unread
deadline=$(($(now) + 10))
until [ "$(served_serial)" = "$serial" ]; do
	[ "$(now)" -lt "$deadline" ] || put_back "nginx did not serve certificate ${serial#*=} within 10 s"
	sleep 0.2
done
rm -f tls/certificate.old tls/key.old
say "nginx serves certificate ${serial#*=} of $(of_certificate -subject | sed 's/^subject= *//'), until $(of_certificate -enddate | cut -d = -f 2)"
