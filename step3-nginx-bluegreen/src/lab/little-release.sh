#!/bin/sh
# Makes a release that boots at once, for trying what the scripts do: nginx, which answers with the release's name.
#
#   ./little-release.sh VERSION [DIRECTIVES]     DIRECTIVES are for its nginx; what exists already is not made again
set -eu
cd "$(dirname "$0")"
version=$1
directives=${2:-}

! docker image inspect "bluegreen/guest-book:$version" >/dev/null 2>&1 || exit 0
# shellcheck source=/dev/null
NGINX_IMAGE=nginx:1.30 && . ./settings.sh
docker image inspect "$NGINX_IMAGE" >/dev/null 2>&1 || docker load --quiet --input images/nginx.tar >/dev/null
mkdir -p little
cat >little/nginx.conf <<END
pid /tmp/nginx.pid;
error_log /dev/stderr;
events {}
http {
    client_body_temp_path /tmp/body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    access_log off;
    keepalive_timeout 75s;
    server {
        listen 8080;
        add_header X-App-Version $version always;
        location / { return 200 "$version"; }
        $directives
    }
    server {
        listen 8081;
        location = /actuator/health/readiness { return 200 UP; }
    }
}
END
cat >little/Dockerfile <<END
FROM $NGINX_IMAGE
COPY nginx.conf /etc/little.conf
USER 10001:10001
CMD ["nginx", "-c", "/etc/little.conf", "-g", "daemon off;"]
END
docker build --quiet --tag "bluegreen/guest-book:$version" little >/dev/null
