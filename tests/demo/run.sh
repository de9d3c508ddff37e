#!/bin/sh
# run.sh: the page of `fsdnet demo` in Debian's Chromium, driven by Debian's Selenium; exit code 77 (skipped) without them.
cd "$(dirname "$0")" || exit 1
for part in /usr/bin/chromium /usr/bin/chromedriver; do
    [ -x "$part" ] || { echo "skipped: $part is not there; 'scripts/packages.sh test' (part of 'make test') installs it"; exit 77; }
done
/usr/bin/python3 -c 'import selenium' 2>/dev/null ||
    { echo "skipped: Debian's package python3-selenium is not there; 'scripts/packages.sh test' installs it"; exit 77; }
mkdir -p "$FSDNET_SCREENSHOTS"
exec /usr/bin/python3 -B -m unittest test_page
