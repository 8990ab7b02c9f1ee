#!/bin/sh
# Fills the Maven repository that comes with the little server, which builds what is pushed to it without internet:
# target/server/m2. It takes everything from this machine's own repository, after that one has been filled.
#
#   ./build.sh
#
# LOCAL_REPOSITORY   this machine's Maven repository, ~/.m2/repository by default
# OFFLINE            true: nothing may be downloaded
set -eu
cd "$(dirname "$0")"

local_repository=${LOCAL_REPOSITORY:-$HOME/.m2/repository}
filled=target/server/m2
log=target/build.log
settings=$(pwd)/target/settings.xml

build() {
	../mvnw --batch-mode --no-transfer-progress --quiet --file target/app/pom.xml verify "$@" >>"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		echo "build.sh: app/ could not be built (log: $log)" >&2
		exit 1
	}
}

# What is in there depends on these two
asked_for() {
	cat app/pom.xml
	echo "$local_repository"
}

mkdir -p target/server
if [ -d "$filled" ] && asked_for | cmp -s - target/filled-for; then
	exit
fi
: >"$log"
rm -rf target/app
cp -R app target/app
echo "==> building app/ for the Maven repository of the little server"
if [ "${OFFLINE:-}" = true ]; then
	build --offline "-Dmaven.repo.local=$local_repository"
else
	build "-Dmaven.repo.local=$local_repository"
fi

# A repository of its own for what the build needs and nothing else
address=file:///$(printf %s "${local_repository#/}" | tr '\134' / | sed 's/ /%20/g')
cat >"$settings" <<END
<settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>$address</url></mirror></mirrors></settings>
END
rm -rf "$filled" "$filled.part" target/app/target
build --settings "$settings" "-Dmaven.repo.local=$(pwd)/$filled.part"
# Maven believes a file whose origin it knows only where that same origin is configured
find "$filled.part" \( -name _remote.repositories -o -name '*.lastUpdated' \) -exec rm -f {} +
mv "$filled.part" "$filled"
asked_for >target/filled-for
