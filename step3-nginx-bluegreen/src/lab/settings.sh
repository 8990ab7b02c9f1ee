# shellcheck shell=sh disable=SC2034 # lib/settings.sh reads it
# The little server's settings, which are added to the owner's: ports that an ordinary user may open, the image that came along as an archive (the build
# fills in its name), and a short bake time, so that nobody has to wait long.
HTTP_PORT=8080 HTTPS_PORT=8443 NGINX_IMAGE=@nginx.image@ BAKE=5
