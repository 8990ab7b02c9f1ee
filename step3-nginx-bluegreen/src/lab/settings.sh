# shellcheck shell=sh disable=SC2034 # colours.sh reads it
# The little server's settings: an ordinary user's ports, an image that no registry has to bring, and a bake time that
# does not try a reader's patience.
HTTP_PORT=8080 HTTPS_PORT=8443 NGINX_IMAGE=zero-downtime/nginx BAKE=5
