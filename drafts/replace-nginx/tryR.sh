set -u
cd /srv/app
s() { curl -s http://172.29.77.2:8082/group; curl -s http://172.29.77.2:8082/api/version; echo; }
./promote.sh --discard; ./status.sh
./deploy.sh --no-bake l1; ./deploy.sh --no-bake l2; s
./deploy.sh --hold l2; echo "-- held l2 beside l2"
./status.sh; ./rollback.sh --list; ./rollback.sh; s
