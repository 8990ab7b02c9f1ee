# shellcheck shell=sh disable=SC2034 # settings.sh reads it
# The little server's values: images that no registry has to bring
REGISTRY_IMAGE=zero-downtime/registry
export JRE=zero-downtime/jre
