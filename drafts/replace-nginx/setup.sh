#!/bin/sh
# setup.sh MIGRATE(0|1) REUSEPORT('' | reuseport)
cd /srv/d
docker rm -f front na nb >/dev/null 2>&1
rm -rf nginx tls; cp -a /srv/app/nginx /srv/app/tls .
sed -i "s/listen 8080;/listen 8080 $2;/; s/listen 8443 ssl;/listen 8443 ssl $2;/; s/listen 8082;/listen 8082 $2;/" nginx/nginx.conf
sed -i "s/listen 8083;/listen 8083 $2;/" nginx/preview.conf
docker run -d --name front --restart unless-stopped --network bluegreen_guest-book --ip 172.29.77.3 -p 8090:8080 -p 8490:8443 \
  --sysctl net.ipv4.tcp_migrate_req=$1 --user 1000:1000 --cap-drop ALL --read-only --entrypoint sleep zero-downtime/nginx infinity
./run.sh na
