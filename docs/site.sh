#!/bin/sh
# Makes the docs a website in site/target/site: open its index.html, or copy the folder to a USB stick.
#   docs/site.sh
# Where npm is, the slides are made as well (with Marp).
set -eu
cd "$(dirname "$0")/.."

[ $# = 0 ] || {
	echo "site: it takes no argument: docs/site.sh" >&2
	exit 2
}

marp=.workshop/tools/marp
site=site/target/site

./mvnw -q -B -ntp package -pl site -am -DskipTests -Ddocker.skip=true
if ! command -v npm >/dev/null 2>&1; then
	echo "site: no npm here, so no slides: install Node.js 20 or newer" >&2
else
	lab/tools/install.sh marp >&2
	for language in en ko; do
		# Pictures beside the slides, as in the docs
		"$marp/node_modules/.bin/marp" --no-stdin --quiet --html "docs/$language/slides.md" \
			--output "$marp/slides.html"
		sed 's/decision-guide\.md/decision-guide.html/g' "$marp/slides.html" >"$site/docs/$language/slides-show.html"
		rm "$marp/slides.html"
	done
fi
echo "$site/index.html"
