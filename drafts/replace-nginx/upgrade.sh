#!/bin/sh
# upgrade.sh N: N replacements, there and back
n=${1:-4} old=na new=nb
while [ $n -gt 0 ]; do
  echo "==> starting $new"
  /srv/d/run.sh $new || exit 1
  echo "==> $new works, stopping $old"
  t=$(date +%s%N)
  docker stop $old >/dev/null; docker rm $old >/dev/null
  echo "==> $old is gone, $(( ($(date +%s%N)-t)/1000000 )) ms"
  x=$old old=$new new=$x n=$((n-1))
done
