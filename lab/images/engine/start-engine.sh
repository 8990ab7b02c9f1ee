#!/bin/sh
# The first command of the box: makes room for a Docker engine inside a container and becomes it.
set -eu

# Where the kernel does not let it switch IPv6 off in a container's network, the engine would refuse to start that container.
export DOCKER_ALLOW_IPV6_ON_IPV4_INTERFACE=1

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

# cgroup v1: what is mounted here is the host's, and the containers inside would stand beside the box, with as much
# weight as the probe that measures them. They belong below it.
box=$(sed -n 's/^[0-9]*:\([^:]*,\)\{0,1\}cpu\(,[^:]*\)\{0,1\}://p' /proc/self/cgroup)
if [ -n "$box" ] && [ "$box" != / ] && [ -d "$cgroup/cpu$box" ]; then
	exec dockerd --cgroup-parent "$box"
fi
exec dockerd
