# shellcheck shell=sh disable=SC2034 # data/up.sh reads it
# The little server's, beside what stage 3 sets there: the image that came along as an archive (the build fills in its name)
POSTGRES_IMAGE=@postgres.image@
