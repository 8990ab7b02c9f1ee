#!/bin/sh
# Makes desk/, the working copy of somebody who develops the guest book: two commits, tagged v1 and v2, and the remote
# "server" that takes her pushes.
set -eu
cd "$(dirname "$0")"

rm -rf desk.new
cp -R releases/guest-book desk.new
(
	cd desk.new
	git init --quiet --initial-branch=main
	git config user.name Learner
	git config user.email learner@example.org
	git config core.sshCommand "ssh -i $HOME/keys/developer -o IdentitiesOnly=yes"
	git remote add server "ssh://$(id -un)@127.0.0.1$HOME/guest-book.git"
	git add --all
	git commit --quiet --message "A guest book"
	git tag v1
	sed -i 's,<h2>Guest book</h2>,<h2>Guest book: your turn</h2>,' src/main/resources/page.html
	git commit --quiet --all --message "Invite visitors to sign"
	git tag v2
)
mv desk.new desk
