#!/bin/sh
# The first command of the container: creates the database if the volume has none yet, and becomes PostgreSQL.
set -eu

folder=/var/lib/postgresql/data/17
: "${POSTGRES_PASSWORD:?is not set: PostgreSQL is not started without a password}"
user=${POSTGRES_USER:-postgres}

if [ ! -d "$folder" ]; then
	# By a rename: if this is interrupted, the next start begins again
	rm -rf "$folder.part"
	mkdir "$folder.part"
	password=$(mktemp)
	printf '%s\n' "$POSTGRES_PASSWORD" >"$password"
	initdb --pgdata="$folder.part" --username="$user" --pwfile="$password" --auth-host=scram-sha-256 --auth-local=trust \
		--encoding=UTF8 --locale=C.UTF-8
	rm -f "$password"
	echo 'host all all all scram-sha-256' >>"$folder.part/pg_hba.conf"
	[ "${POSTGRES_DB:-$user}" = postgres ] ||
		echo "CREATE DATABASE \"${POSTGRES_DB:-$user}\"" | postgres --single -j -D "$folder.part" postgres
	mv "$folder.part" "$folder"
fi

exec postgres -D "$folder" -c listen_addresses='*' "$@"
