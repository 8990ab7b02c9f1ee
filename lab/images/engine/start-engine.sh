#!/bin/sh
# The first command of the box: makes room for a Docker engine inside a container and becomes it.
set -eu

# What a run before the last restart left behind would be taken for an engine that still runs.
rm -rf /run/docker.pid /run/docker /run/containerd

# Without --privileged, parts of /proc and /sys are mounted read-only or hidden. The engine has
# to write there, and a container inside may not be given more of /proc than the box itself sees.
while read -r _ path _; do
	case $path in
		/proc/* | /sys/firmware* | /sys/devices/*) umount "$path" || : ;;
	esac
done </proc/mounts

# cgroup v2: a group that holds processes cannot hand its controllers down, so they move one below.
cgroup=/sys/fs/cgroup
if [ -f $cgroup/cgroup.controllers ]; then
	mkdir -p $cgroup/init
	xargs -rn1 <$cgroup/cgroup.procs >$cgroup/init/cgroup.procs 2>/dev/null || :
	sed 's/ / +/g; s/^/+/' $cgroup/cgroup.controllers >$cgroup/cgroup.subtree_control || :
fi

exec dockerd
