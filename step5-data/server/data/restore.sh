#!/bin/sh
# Puts a backup in the place of the database. What was written since is lost, unless somebody takes it from the backup that is made
# first. Requests wait meanwhile; the release that is live has to fit the backup.
#
#   data/restore.sh backups/TIME.dump
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=/dev/null
. lib/all.sh

backup=${1:-}
[ -f "$backup" ] || fail "which backup? usage: data/restore.sh FILE (there are: $(echo backups/*.dump))" 2
data/backup.sh
# In one transaction: all of it, or nothing
# shellcheck disable=SC2016 # the container's shell expands
docker exec -i "$SERVICE-data-db-1" sh -c 'exec pg_restore --clean --if-exists --single-transaction --exit-on-error \
	--username "$POSTGRES_USER" --dbname "$POSTGRES_DB"' <"$backup" ||
	fail "$backup could not be restored, the database is as before"
rm -f no-way-back
[ ! -f "${backup%.dump}.no-way-back" ] || cp "${backup%.dump}.no-way-back" no-way-back
say "restored $backup"
