#!/usr/bin/env bash
# daily.sh [TURN]: the long check whose turn it is today, of eight that follow each other day by day; TURN, 0 to 7, picks one.
# Each is built from nothing, but for kernels and seeds, which the release build has.
set -eu
cd "$(dirname "$0")/.."
turns=8
turn=${1:-$(($(date -u +%s) / 86400 % turns))}
release=$PWD/build/release

# configured PRESET: without kernels of its own.
configured() {
    scripts/packages.sh fuzz
    [ -f "build/$1/build.ninja" ] || .venv/bin/cmake --preset "$1" -DFSDNET_GPU=OFF "-DFSDNET_PREBUILT_KERNELS=$release"
}

# sanitized PRESET TEST...: these tests under the preset's sanitizers.
sanitized() {
    local preset=$1 names
    shift
    names=$(IFS='|'; echo "$*")
    configured "$preset"
    .venv/bin/cmake --build --preset "$preset" --parallel "$(nproc)" --target "${@/#/test_}"
    .venv/bin/ctest --preset "$preset" --parallel "$(nproc)" -R "^($names)(\\..*)?\$"
}

# fuzzed READER...: their fuzzers, 20 seconds each.
fuzzed() {
    local names
    names=$(IFS='|'; echo "$*")
    configured fuzz
    .venv/bin/cmake --build --preset fuzz --parallel "$(nproc)" --target "${@/#/fuzz_}"
    scripts/fuzz.sh build/fuzz 20 "$(nproc)" "^($names)\$" "$release/bin/fuzz_seeds"
}

case $turn in
0) fuzzed container description json model quantized_model ;;
1) sanitized asan malformed model npy pictures sources system ;;
2) fuzzed cifar10 idx image_table images npy npz tar ;;
3) sanitized asan datasets image_files images ;;
4) fuzzed checkpoint demo http onnx tuning_log ;;
5) sanitized tsan threads network ;;
6) sanitized asan c_api network resources ;;
7) sanitized asan quantization training ;;
*) echo "daily.sh: the turn is 0 to $((turns - 1)); found '$turn'." >&2 && exit 2 ;;
esac
