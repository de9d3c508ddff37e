#!/bin/sh
# bench.sh <preset> [filter]: builds the benchmark programs and runs what matches the regular expression.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/cmake --build --preset "$1" --target benchmarks
for program in "build/$1"/bin/bench_*; do
    "$program" --benchmark_filter="${2:-.}"
done
