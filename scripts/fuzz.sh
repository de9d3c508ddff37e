#!/bin/sh
# fuzz.sh BUILD SECONDS JOBS [REGEX [SEEDS]]: runs the fuzzers, each for so many seconds, so many at once, and says how often
# each was run. The program SEEDS makes what they begin with, unless told otherwise that of BUILD. What they learn stays in
# BUILD/corpus for the next time. Exit code 1, with the inputs in BUILD/findings, where a reader failed.
set -eu
build=$1 seconds=$2 jobs=$3 only=${4:-.} seeds=${5:-bin/fuzz_seeds}
words=$PWD/$(dirname "$0")/../tests/fuzz/words.dict
cd "$build"
# Files that readers unpack stay in memory.
[ ! -d /dev/shm ] || export TMPDIR=/dev/shm
# Networks behind readers run in one thread, in a tenth less processor time.
export HL_NUM_THREADS=1
mkdir -p corpus findings logs
"$seeds" seeds

# One fuzzer: a line of what it did.
cat > run_one.sh <<'END'
name=$1 seconds=$2 words=$3
mkdir -p "corpus/$name"
rc=0
# Short stacks of allocations and little memory that waits for its reuse: a third more inputs in the same time.
ASAN_OPTIONS=allocator_may_return_null=0:malloc_context_size=2:quarantine_size_mb=8:thread_local_quarantine_size_kb=64 \
    "bin/fuzz_$name" "corpus/$name" "seeds/$name" -max_total_time="$seconds" -max_len=20000 \
    -rss_limit_mb=2000 -malloc_limit_mb=1500 -timeout=10 -dict="$words" -print_final_stats=1 \
    -artifact_prefix="findings/$name-" > "logs/$name" 2>&1 || rc=$?
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "logs/$name")
covered=$(grep -o 'cov: [0-9]*' "logs/$name" | tail -1 | cut -c6-)
verdict=ok
[ "$rc" -eq 0 ] || verdict="FAILED: see logs/$name"
printf '%-16s %10s inputs  %6s places reached  %s\n' "$name" "${runs:-0}" "${covered:-?}" "$verdict"
[ "$rc" -eq 0 ] || exit 1
END

failed=0
ls seeds | grep -E "$only" | xargs -P "$jobs" -I{} sh run_one.sh {} "$seconds" "$words" || failed=1
[ "$failed" -eq 0 ] || echo "Inputs that a reader failed on: $build/findings" >&2
exit "$failed"
