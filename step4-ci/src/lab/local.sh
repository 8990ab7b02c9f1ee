# shellcheck shell=sh disable=SC2034 # settings.sh reads it
# The little server's values: the images that came along as an archive; the build fills in their names.
REGISTRY_IMAGE=@registry.image@
export JRE=@jre.image@
