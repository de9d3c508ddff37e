#!/bin/sh
# venv.sh [folder requirements [option of venv]]: makes a virtual environment of what the requirements file pins: .venv,
# the build's tools, where nothing is named. Does nothing where it is current.
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
requirements=${2:-requirements.txt}

# A virtual environment holds absolute paths: a moved checkout needs a new one.
stamp=$venv/made-from
made_from="$PWD $(cksum < "$requirements")"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$made_from" ] && exit 0

echo "Making $venv from $requirements"
rm -rf "$venv"
# Debian's own Python, whatever else comes first on PATH.
/usr/bin/python3 -m venv ${3:-} "$venv"
# Wheels only, so that nothing is compiled here and nothing but the pinned files is run. Python compiles what it imports when
# it first does: all modules of scikit-learn and its like take twenty seconds.
"$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --only-binary :all: --no-compile \
    --require-hashes -r "$requirements"
echo "$made_from" > "$stamp"
