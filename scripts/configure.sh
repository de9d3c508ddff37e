#!/bin/sh
# configure.sh <preset>: runs CMake where build/<preset> is missing or older than the preset; Ninja does the rest.
set -eu
cd "$(dirname "$0")/.."
build=build/$1
stamp=$build/configured
[ -f "$stamp" ] && [ -f "$build/build.ninja" ] && [ "$stamp" -nt CMakePresets.json ] &&
    [ "$stamp" -nt .venv/made-from ] && exit 0
.venv/bin/cmake --preset "$1"
touch "$stamp"
