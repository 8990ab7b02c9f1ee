#!/bin/sh
# Makes a release that boots at once, for trying what the scripts do: nginx, which answers with the release's name.
#
#   ./little-release.sh source VERSION [DIRECTIVES]   writes its Dockerfile into the present folder
#   ./little-release.sh image VERSION LABEL COMMIT CREATED [DIRECTIVES]
#                                                     builds its image, which says that it is version LABEL, pushes it, and prints
#                                                     its name by digest
#
# DIRECTIVES are for its nginx.
set -eu
what=$1 version=$2
# shellcheck disable=SC1090 # the little server's
base=$(. ~/bluegreen/settings.sh && echo "$NGINX_IMAGE")
shift 2

# write_source [DIRECTIVES]
write_source() {
	cat >nginx.conf <<-END
		pid /tmp/nginx.pid;
		error_log /dev/stderr;
		# One process, the container's first: it can be stopped by a signal
		master_process off;
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
		        ${1:-}
		        location = /api/entries {
		            if (\$request_method = POST) { return 201; }
		            return 200 "[]";
		        }
		        location / { return 200 "$version"; }
		    }
		    server {
		        listen 8081;
		        location = /actuator/health/readiness { return 200 UP; }
		    }
		}
	END
	cat >Dockerfile <<-END
		FROM $base
		COPY nginx.conf /etc/little.conf
		USER 10001:10001
		CMD ["nginx", "-c", "/etc/little.conf", "-g", "daemon off;"]
		ARG VERSION
		ARG COMMIT
		ARG CREATED
		LABEL org.opencontainers.image.version=\${VERSION} org.opencontainers.image.revision=\${COMMIT} \\
		    org.opencontainers.image.created=\${CREATED}
	END
}

if [ "$what" = source ]; then
	write_source "$@"
	exit
fi
label=$1 commit=$2 created=$3
shift 3
cd "$(dirname "$0")"
# A folder of its own: several may be made at once
mkdir -p "little/$version"
cd "little/$version"
write_source "$@"
image=localhost:5000/guest-book
docker build --quiet --build-arg VERSION="$label" --build-arg COMMIT="$commit" --build-arg CREATED="$created" \
	--tag "$image:$version" . >/dev/null 2>&1
docker push --quiet "$image:$version" >/dev/null
docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$image:$version" | grep -m 1 "^$image@"
