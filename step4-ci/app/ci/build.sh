#!/bin/sh
# Builds the commit, with its tests: target/guest-book.jar, and target/sbom.json, the list of all that is in it.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR/..
. ci/release.sh

say "building $version and testing it"
mvn --batch-mode --no-transfer-progress --quiet verify "-Drelease=$version"
cp target/classes/META-INF/sbom/application.cdx.json target/sbom.json
