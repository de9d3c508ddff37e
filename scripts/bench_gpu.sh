#!/bin/sh
# bench_gpu.sh bundle: packs build/gpu/fsdnet-gpu.tar.xz, all that a machine with a GPU needs to test and time fsdnet.
# bench_gpu.sh here [cuda|opencl]: does that on this machine, beside PyTorch; page and JSON in build/gpu. PyTorch is PyPI's,
# whose wheels bring CUDA's libraries (5 GB); for opencl it is Debian's, on the CPU.
set -eu
cd "$(dirname "$0")/.."
device=${2:-cuda}
scripts/packages.sh
scripts/venv.sh .venv-onnx tests/onnx/requirements.txt
scripts/configure.sh release ON
.venv/bin/cmake --build --preset release --target bench_devices test_devices test_kernels test_network fsdnet
folder=build/gpu/fsdnet-gpu
scripts/gpu_bundle.sh build/release "$folder"
if [ "$1" = bundle ]; then
    tar -C build/gpu -cf - fsdnet-gpu | xz -T 2 > "$folder.tar.xz"
    echo "$folder.tar.xz: $(($(stat -c %s "$folder.tar.xz") >> 20)) MB. There: tar xf fsdnet-gpu.tar.xz && fsdnet-gpu/measure.sh"
    exit 0
fi
if [ "$device" = cuda ]; then
    venv=.venv-rivals-pytorch
    scripts/venv.sh $venv bench/rivals/requirements-pytorch.txt
else
    scripts/packages.sh rivals
    venv=.venv-rivals
    scripts/venv.sh $venv bench/rivals/requirements.txt --system-site-packages
fi
code=0
PYTHON=$PWD/$venv/bin/python "$folder/measure.sh" --device "$device" --results build/gpu/results || code=$?
[ "$code" -le 1 ] || exit "$code"
exec $venv/bin/python bench/rivals/gpu_page.py build/gpu/results
