#!/bin/sh
# Writes a backup of the database to backups/TIME.dump, and removes all but the last five. The service goes on meanwhile.
#
#   data/backup.sh
set -eu
umask 077
cd "$(dirname "$0")/.."
# shellcheck source=/dev/null
. lib/all.sh

KEPT=5

mkdir -p backups
backup=backups/$(date -u +%Y-%m-%dT%H-%M-%SZ)
# shellcheck disable=SC2016 # the container's shell expands
docker exec "$SERVICE-data-db-1" sh -c 'exec pg_dump --format=custom --username "$POSTGRES_USER" "$POSTGRES_DB"' >"$backup.part" || {
	rm -f "$backup.part"
	fail "the database could not be backed up: does it run, and is there space (df -h .)?"
}
# What could run with this data
[ ! -f no-way-back ] || cp no-way-back "$backup.no-way-back"
mv "$backup.part" "$backup.dump"
say "the backup is $backup.dump"
printf '%s\n' backups/*.dump | sort -r | tail -n "+$((KEPT + 1))" | while IFS= read -r old; do
	rm -f "$old" "${old%.dump}.no-way-back"
done
