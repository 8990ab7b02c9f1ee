#!/bin/sh
# git runs this in the repository when a push has arrived.
set -eu
unset GIT_DIR GIT_QUARANTINE_PATH
while read -r _ new ref; do
	case $ref:$new in
		refs/tags/*) ;;
		refs/heads/main:*[!0]*) (cd .. && ./detached.sh "runs/$new" ./pipeline.sh "$new") ;;
		refs/heads/main:*) echo "==> main was deleted: nothing is shipped, and what is live stays live" ;;
		*) printf '%s\n' "==> $ref: only a push to main is shipped" ;;
	esac
done
