#!/bin/sh
# Who is still logged in after a deploy, with the sessions in the database and in the memory of the instances. v1 and v2 have
# to be on this server.
#
#   ./figures.sh
#
# In the end v2 is live, with the sessions in memory; the next deploy puts them into the database again.
set -eu
cd "$(dirname "$0")"
# shellcheck source=/dev/null
. lib/all.sh

VISITORS=20
REQUESTS=10

cleaned_up() {
	[ ! -f app.env.before ] || mv app.env.before app.env
	rm -rf cookies
}
trap cleaned_up EXIT
trap 'exit 130' INT TERM HUP

# One line: what it is, and how much
row() {
	printf '%-58s %s\n' "$1" "$2"
}

# on_site CURL_ARGUMENT...: a request as a client sends it, through nginx
on_site() {
	curl -q --noproxy '*' --silent --max-time 10 "$@"
}

log_in() {
	rm -rf cookies
	mkdir cookies
	for visitor in $(seq "$VISITORS"); do
		on_site --fail --output /dev/null --cookie-jar "cookies/$visitor" --header 'Content-Type: application/json' \
			--data "{\"name\":\"visitor $visitor\"}" "http://127.0.0.1:$HTTP_PORT/api/session" ||
			fail "visitor $visitor could not log in"
	done
}

# logged_out: of how many requests of those who have logged in the answer was "not logged in"
logged_out() {
	for visitor in $(seq "$VISITORS"); do
		on_site --output /dev/null --cookie "cookies/$visitor" --write-out '%{http_code}\n' \
			"http://127.0.0.1:$HTTP_PORT/api/session?[1-$REQUESTS]"
	done | awk '$1 == 401 { out++ } END { printf "%d of %d requests\n", out, NR }'
}

deploy() {
	BAKE=0 WARMUP_ROUNDS=10 ./deploy.sh "$1" >/dev/null
}

log_in
row "logged out, sessions in the database" "$(logged_out)"
deploy v1
row "  after a deploy" "$(logged_out)"

cp -p app.env app.env.before
echo SPRING_AUTOCONFIGURE_EXCLUDE=org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration >>app.env
deploy v2
log_in
row "logged out, sessions in memory, before any deploy" "$(logged_out)"
