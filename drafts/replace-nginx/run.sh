#!/bin/sh
cd /srv/d
docker run -d --name $1 --restart unless-stopped --network container:front --user 1000:1000 --stop-signal SIGQUIT --stop-timeout 40 --cap-drop ALL --read-only --tmpfs /tmp:mode=1777 \
  -v /srv/d/nginx:/etc/service:ro -v /srv/d/tls:/etc/tls:ro zero-downtime/nginx nginx -c /etc/service/nginx.conf -g 'daemon off;' >/dev/null
timeout 60 sh -c "until docker top $1 -eo pid,args | grep -q 'nginx: worker'; do sleep 0.1; done"
