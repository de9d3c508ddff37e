#!/bin/sh
# bench_gpu.sh [cuda|opencl]: measures fsdnet on a GPU beside PyTorch; table and JSON in build/gpu. PyTorch is PyPI's, whose
# wheels bring CUDA's libraries (5 GB); for opencl it is Debian's, on the CPU.
set -eu
cd "$(dirname "$0")/.."
device=${1:-cuda}
scripts/packages.sh
if [ "$device" = cuda ]; then
    venv=.venv-rivals-pytorch
    scripts/venv.sh $venv bench/rivals/requirements-pytorch.txt
else
    scripts/packages.sh rivals
    venv=.venv-rivals
    scripts/venv.sh $venv bench/rivals/requirements.txt --system-site-packages
fi
scripts/configure.sh release ON
.venv/bin/cmake --build --preset release --target bench_devices fsdnet
exec $venv/bin/python bench/rivals/gpu.py \
    --program build/release/bin/bench_devices --fsdnet build/release/bin/fsdnet --device "$device"
