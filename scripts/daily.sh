#!/usr/bin/env bash
# daily.sh [TURN]: the long check whose turn it is today, of four that follow each other day by day; TURN, 0 to 3, picks one.
# Each is built from nothing and takes at most ten minutes of two slow cores.
set -eu
cd "$(dirname "$0")/.."
turn=${1:-$(($(date -u +%s) / 86400 % 4))}

# sanitized PRESET TEST...: these tests under the preset's sanitizers.
sanitized() {
    local preset=$1 test
    shift
    local targets=("${@/#/test_}") names
    names=$(IFS='|'; echo "$*")
    scripts/configure.sh "$preset" OFF
    .venv/bin/cmake --build --preset "$preset" --parallel "$(nproc)" --target "${targets[@]}"
    .venv/bin/ctest --preset "$preset" --parallel "$(nproc)" -R "^($names)(\\..*)?\$"
}

case $turn in
0) make fuzz seconds=20 ;;
1) sanitized asan datasets image_files images malformed model npy pictures quantization sources system ;;
2) sanitized tsan threads network c_api ;;
3) sanitized asan c_api network resources training ;;
*) echo "daily.sh: the turn is 0, 1, 2 or 3; found '$turn'." >&2 && exit 2 ;;
esac
