#!/bin/sh
# venv.sh: makes .venv, the build's tools at the pinned versions of requirements.txt. Does nothing where it is current.
set -eu
cd "$(dirname "$0")/.."

# A virtual environment holds absolute paths: a moved checkout needs a new one.
stamp=.venv/made-from
made_from="$PWD $(cksum < requirements.txt)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$made_from" ] && exit 0

echo "Making .venv with the tools of requirements.txt"
rm -rf .venv
# Debian's own Python, whatever else comes first on PATH.
/usr/bin/python3 -m venv .venv
# Wheels only, so that nothing is compiled here and nothing but the pinned files is run.
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --only-binary :all: \
    --require-hashes -r requirements.txt
echo "$made_from" > "$stamp"
