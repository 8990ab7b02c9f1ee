#!/bin/sh
# Installs a program from npm into .workshop/tools/NAME.
#
#   lab/tools/install.sh NAME     NAME is a folder beside this script
#
# The versions and the checksums of all packages are in NAME/package-lock.json. npm refuses a package that differs from
# it, and runs no install scripts of the packages. Does nothing when that lock file is installed already.
set -eu
cd "$(dirname "$0")/../.."

from=lab/tools/${1:?"usage: lab/tools/install.sh NAME"}
to=.workshop/tools/$1

if cmp -s "$from/package-lock.json" "$to/installed.json"; then
	exit
fi
mkdir -p "$to"
cp "$from/package.json" "$from/package-lock.json" "$to"
npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund
# Written last: after an interrupted installation the next call installs again
cp "$from/package-lock.json" "$to/installed.json"
