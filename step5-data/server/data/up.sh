#!/bin/sh
# Starts the database if it does not run, and waits until it answers, a minute at most.
#
#   data/up.sh
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=/dev/null
. lib/all.sh

image=${POSTGRES_IMAGE:-}
if [ -n "$image" ] && [ -f images/postgres.tar ] && ! docker image inspect "$image" >/dev/null 2>&1; then
	docker load --quiet --input images/postgres.tar >/dev/null
fi
export POSTGRES_IMAGE
docker compose --progress quiet --file data/compose.yaml up --detach --wait --wait-timeout 60 db ||
	fail "the database does not answer within 60 s: docker logs $SERVICE-data-db-1"
