#!/bin/sh
# measure.sh [--device cuda|opencl] [--results FOLDER] [--seconds N] [--only REGEX]: what one visit to a machine with a GPU is
# for. Tests first, then kernels and the network timed, then PyTorch on the same shapes where Python has it; at most N seconds
# in all (480). Runs in the folder that `make gpu-bundle` packs and needs nothing but the driver. REGEX picks among the
# benchmarks. FOLDER (results) goes back: `make gpu-page results=FOLDER` reads it. Exit code 1 where a test failed, 4 where
# there is no such device; a test or a benchmark that is out of time counts as failed.
set -eu
device=cuda results=results seconds=480 only=.
while [ $# -gt 0 ]; do
    case $1 in
        --device) device=$2 ;;
        --results) results=$2 ;;
        --seconds) seconds=$2 ;;
        --only) only=$2 ;;
        *) echo "measure.sh has no option '$1': --device, --results, --seconds or --only, with a value." >&2; exit 2 ;;
    esac
    shift 2
done
mkdir -p "$results"
results=$(cd "$results" && pwd)
cd "$(dirname "$0")"

# The machine's own C++ library where it has one.
if ! bin/test_devices --help > "$results/start.txt" 2>&1; then
    LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$PWD/lib
    export LD_LIBRARY_PATH
    if ! bin/test_devices --help > "$results/start.txt" 2>&1; then
        echo "The programs do not start here: $(tail -n 1 "$results/start.txt"). They need the GNU C library, 2.36 or newer." >&2
        exit 4
    fi
fi
rm "$results/start.txt"

{
    date -u
    uname -srm
    sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort | uniq -c
    nvidia-smi --query-gpu=name,driver_version,clocks.max.sm,memory.total,power.limit --format=csv 2> /dev/null || true
} > "$results/machine.txt"

failed=0
# within SHARE NAME COMMAND...: for SHARE percent of the time at most. A line of tests.txt: name, exit code, seconds.
within() {
    share=$1 name=$2
    shift 2
    begin=$(date +%s)
    code=0
    timeout -k 5 $((seconds * share / 100 + 1)) "$@" || code=$?
    echo "$name $code $(($(date +%s) - begin))" >> "$results/tests.txt"
    return "$code"
}

: > "$results/tests.txt"
for test in devices:10 kernels:25 network:20; do
    name=${test%:*} code=0
    echo "testing: $name" >&2
    FSDNET_DEVICE=$device within "${test#*:}" "$name" "bin/test_$name" > "$results/test_$name.txt" 2>&1 || code=$?
    if [ "$code" -eq 77 ]; then
        tail -n 1 "$results/test_$name.txt" >&2
        exit 4
    fi
    [ "$code" -eq 0 ] || failed=1
done

# bench SHARE NAME REGEX [OPTION...]
bench() {
    share=$1 name=$2 regex=$3
    shift 3
    echo "timing: $name" >&2
    within "$share" "$name" bin/bench_devices "--device=$device" --model=network.safetensors "--benchmark_filter=$regex" \
        --benchmark_out="$results/$name.json" --benchmark_out_format=json "$@" > "$results/bench_$name.txt" 2>&1 || failed=1
}
# What the page's table shows; then every kernel.
rows='kld_linear/.*sample=4096,input=4096,output=4096/|^log_normalize/.*site=262144,|^log_normalize/.*site=16777,|^network/'
if [ "$only" = . ]; then
    bench 15 rows "$rows" --benchmark_min_time=1
    bench 20 kernels_timed '-^network/' --benchmark_min_time=0.1
else
    bench 35 rows "$only" --benchmark_min_time=0.01
fi

python=${PYTHON:-python3}
if "$python" -c 'import numpy, torch' 2> /dev/null; then
    echo "timing: PyTorch" >&2
    within 20 pytorch "$python" gpu_torch.py "$device" network.npz "$results/pytorch.json" || failed=1
else
    echo "$python has no PyTorch (or no NumPy) here: nothing is timed beside ours." >&2
fi
echo "results: $results" >&2
exit $failed
