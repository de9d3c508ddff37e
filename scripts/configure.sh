#!/bin/sh
# configure.sh <preset> [GPUs [Python]]: runs CMake where build/<preset> is missing, older than the preset, or not for the GPUs
# that are asked for (a value of FSDNET_GPU) or without the Python module that is (ON); both are what they were last where
# nothing is asked. Ninja does the rest.
set -eu
cd "$(dirname "$0")/.."
build=build/$1
stamp=$build/configured
gpus=${2:-}
python=${3:-}
is_for_gpus() { [ -z "$gpus" ] || grep -q "^FSDNET_GPU:STRING=$gpus\$" "$build/CMakeCache.txt"; }
is_for_python() { [ -z "$python" ] || grep -q "^FSDNET_PYTHON:BOOL=$python\$" "$build/CMakeCache.txt"; }
[ -f "$stamp" ] && [ -f "$build/build.ninja" ] && is_for_gpus && is_for_python && [ "$stamp" -nt CMakePresets.json ] &&
    [ "$stamp" -nt .venv/made-from ] && exit 0
.venv/bin/cmake --preset "$1" ${gpus:+"-DFSDNET_GPU=$gpus"} ${python:+"-DFSDNET_PYTHON=$python"}
touch "$stamp"
