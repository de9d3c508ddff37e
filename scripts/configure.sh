#!/bin/sh
# configure.sh <preset> [GPUs]: runs CMake where build/<preset> is missing, older than the preset, or not for the GPUs that
# are asked for (a value of FSDNET_GPU; what it was last if nothing is asked). Ninja does the rest.
set -eu
cd "$(dirname "$0")/.."
build=build/$1
stamp=$build/configured
gpus=${2:-}
is_for_gpus() { [ -z "$gpus" ] || grep -q "^FSDNET_GPU:STRING=$gpus\$" "$build/CMakeCache.txt"; }
[ -f "$stamp" ] && [ -f "$build/build.ninja" ] && is_for_gpus && [ "$stamp" -nt CMakePresets.json ] &&
    [ "$stamp" -nt .venv/made-from ] && exit 0
.venv/bin/cmake --preset "$1" ${gpus:+"-DFSDNET_GPU=$gpus"}
touch "$stamp"
