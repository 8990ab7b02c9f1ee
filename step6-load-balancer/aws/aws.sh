#!/bin/sh
# Blue-green at AWS, with template.yaml as a stack: the same steps as deploy.sh, each one a call of AWS's command line.
#
#   ./aws.sh create VPC SUBNET,SUBNET CERTIFICATE BUCKET   makes the stack, with v1 live in blue
#   ./aws.sh deploy VERSION          starts VERSION in the idle group, waits until it is healthy, and switches
#   ./aws.sh share PERCENT           gives the idle group that share of the requests, for a canary; 0 takes it away
#   ./aws.sh rollback                switches to the other group, which has to be healthy
#   ./aws.sh status                  prints both groups: weight, healthy servers
#   ./aws.sh terminate               terminates the servers of the idle group
#   ./aws.sh delete                  removes the stack, and with it all servers
#
# Region and credentials are the command line's own (aws configure). STACK is the name of the stack, guest-book by default.
# s3://BUCKET/releases/VERSION/app.jar has to be there.
# Exit status: 0 done, 1 not, 2 wrong argument (nothing was touched).
set -eu
cd "$(dirname "$0")"

STACK=${STACK:-guest-book}
SERVERS=2
HEALTHY_LIMIT=${HEALTHY_LIMIT:-600} # seconds until a new group's servers have to be healthy
EMPTY_LIMIT=${EMPTY_LIMIT:-600}     # seconds until the servers of a group have to be terminated

say() {
	echo "==> $*"
}

fail() {
	echo "aws.sh: $1" >&2
	exit "${2:-1}"
}

# Reads the outputs of the stack: the names of its rule and groups
look_up() {
	outputs=$(aws cloudformation describe-stacks --stack-name "$STACK" --output text \
		--query 'Stacks[0].Outputs[].[OutputKey,OutputValue]') || fail "there is no stack $STACK, nothing was touched: ./aws.sh create"
}

# output NAME: of the stack
output() {
	echo "$outputs" | awk -v name="$1" '$1 == name { print $2 }'
}

# targets GROUP: its target group. scaling GROUP: its Auto Scaling group
targets() {
	case $1 in
		blue) output BlueTargets ;;
		green) output GreenTargets ;;
	esac
}

scaling() {
	case $1 in
		blue) output BlueGroup ;;
		green) output GreenGroup ;;
	esac
}

# Reads how the requests are shared
see() {
	weights=$(aws elbv2 describe-rules --rule-arns "$(output Rule)" --output text \
		--query 'Rules[0].Actions[0].ForwardConfig.TargetGroups[].[TargetGroupArn,Weight]')
}

# weight GROUP
weight() {
	echo "$weights" | awk -v group="$(targets "$1")" '$1 == group { print $2 }'
}

# healthy GROUP: how many of its servers are
healthy() {
	aws elbv2 describe-target-health --target-group-arn "$(targets "$1")" --output text \
		--query "length(TargetHealthDescriptions[?TargetHealth.State=='healthy'])"
}

# servers GROUP: how many it has, those included that are being terminated: that takes their deregistration delay
servers() {
	aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$(scaling "$1")" --output text \
		--query 'length(AutoScalingGroups[0].Instances)'
}

# weigh BLUE GREEN
weigh() {
	aws elbv2 modify-rule --rule-arn "$(output Rule)" --actions \
		"[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":[{\"TargetGroupArn\":\"$(targets blue)\",\"Weight\":$1},{\"TargetGroupArn\":\"$(targets green)\",\"Weight\":$2}]}}]" >/dev/null
}

# give GROUP PERCENT: the other one gets the rest
give() {
	case $1 in
		blue) weigh "$2" $((100 - $2)) ;;
		green) weigh $((100 - $2)) "$2" ;;
	esac
}

# Finds which group gets most of the requests: $live and $idle
find_live() {
	see
	blue=$(weight blue) green=$(weight green)
	{ [ -n "$blue" ] && [ -n "$green" ]; } || fail "the stack $STACK has no rule with two weights, nothing was touched"
	live=blue idle=green
	[ "$blue" -ge "$green" ] || { live=green idle=blue; }
}

# scale GROUP SERVERS
scale() {
	aws autoscaling update-auto-scaling-group --auto-scaling-group-name "$(scaling "$1")" --desired-capacity "$2"
}

# await LIMIT COUNT WHAT GROUP: until as many servers of the group are WHAT (healthy, servers)
await() {
	deadline=$(($(date +%s) + $1))
	until count=$("$3" "$4") && [ "$count" = "$2" ]; do
		[ "$(date +%s)" -lt "$deadline" ] || return 1
		sleep 2
	done
}

empty() {
	scale "$1" 0
	await "$EMPTY_LIMIT" 0 servers "$1" || fail "$1 has still $count servers after $EMPTY_LIMIT s"
}

parameter() {
	echo "ParameterKey=$1,ParameterValue=$2"
}

kept() {
	echo "ParameterKey=$1,UsePreviousValue=true"
}

# update GREEN_OR_BLUE VERSION: a new launch template of that group
update() {
	case $1 in
		blue) set -- "$(parameter BlueVersion "$2")" "$(kept GreenVersion)" ;;
		green) set -- "$(kept BlueVersion)" "$(parameter GreenVersion "$2")" ;;
	esac
	aws cloudformation update-stack --stack-name "$STACK" --template-body file://template.yaml --capabilities CAPABILITY_IAM \
		--parameters "$@" "$(kept VpcId)" "$(kept SubnetIds)" "$(kept CertificateArn)" "$(kept ReleaseBucket)" >/dev/null
	aws cloudformation wait stack-update-complete --stack-name "$STACK"
}

command=${1:-}
[ $# = 0 ] || shift
case $command:$# in
	deploy:1 | share:1 | rollback:0 | status:0 | terminate:0 | delete:0) look_up ;;
esac
case $command:$# in
	create:4)
		aws cloudformation create-stack --stack-name "$STACK" --template-body file://template.yaml --capabilities CAPABILITY_IAM \
			--parameters "$(parameter VpcId "$1")" "ParameterKey=SubnetIds,ParameterValue=\"$2\"" \
			"$(parameter CertificateArn "$3")" "$(parameter ReleaseBucket "$4")" \
			"$(parameter BlueVersion v1)" "$(parameter GreenVersion v1)" >/dev/null
		aws cloudformation wait stack-create-complete --stack-name "$STACK"
		look_up
		await "$HEALTHY_LIMIT" "$SERVERS" healthy blue || fail "blue has only $count healthy servers after $HEALTHY_LIMIT s"
		say "v1 is live at $(output Address)"
		;;
	deploy:1)
		version=$1
		case $version in
			'' | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$version is not a version" 2 ;;
		esac
		find_live
		[ "$(weight "$idle")" = 0 ] || fail "$idle has a share of the requests, nothing was touched: ./aws.sh share 0"
		empty "$idle"
		update "$idle" "$version"
		say "starting $idle with $version"
		scale "$idle" "$SERVERS"
		await "$HEALTHY_LIMIT" "$SERVERS" healthy "$idle" || fail "$idle has only $count healthy servers after $HEALTHY_LIMIT s; $live was, and is, live"
		say "$idle is ready"
		give "$idle" 100
		say "switched to $idle"
		;;
	share:1)
		case $1 in
			'' | *[!0-9]* | ???* | 0?*) fail "$1 is not a share from 0 to 99" 2 ;;
		esac
		find_live
		[ "$1" = 0 ] || [ "$(healthy "$idle")" = "$SERVERS" ] || fail "$idle is not healthy, nothing was touched"
		give "$idle" "$1"
		say "$idle has $1 % of the requests"
		;;
	rollback:0)
		find_live
		[ "$(healthy "$idle")" = "$SERVERS" ] || fail "$idle is not healthy any more, $live stays live: ./aws.sh deploy VERSION"
		give "$idle" 100
		say "switched to $idle"
		;;
	status:0)
		see
		for group in blue green; do
			echo "$group: weight $(weight $group), $(healthy $group) healthy of $(servers $group) servers"
		done
		;;
	terminate:0)
		find_live
		[ "$(weight "$idle")" = 0 ] || fail "$idle has a share of the requests, nothing was touched: ./aws.sh share 0"
		empty "$idle"
		say "$idle has no servers any more"
		;;
	delete:0)
		aws cloudformation delete-stack --stack-name "$STACK"
		aws cloudformation wait stack-delete-complete --stack-name "$STACK"
		say "the stack $STACK is gone"
		;;
	*)
		sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
		[ "$command" = --help ] || exit 2
		;;
esac
