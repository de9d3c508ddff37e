#!/bin/sh
# gpu_bundle.sh BUILD FOLDER [PYTHON]: puts into FOLDER what measure.sh needs on a machine with a GPU: programs of the build tree
# BUILD, the network for them and for PyTorch, the C++ library. PYTHON has the package onnx (.venv-onnx).
set -eu
cd "$(dirname "$0")/.."
build=$1 folder=$2 python=${3:-.venv-onnx/bin/python}
rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/lib"
for program in test_devices test_kernels test_network bench_devices; do
    strip -o "$folder/bin/$program" "$build/bin/$program"
done
for library in libstdc++.so.6 libgcc_s.so.1; do
    cp -L "$(ldd "$build/bin/test_devices" | awk -v name="$library" '$1 == name {print $3}')" "$folder/lib"
done
cp bench/device/measure.sh bench/rivals/gpu_torch.py bench/rivals/torch_graph.py bench/rivals/contender.py "$folder"
cp models/mnist-16-32.safetensors "$folder/network.safetensors"
"$build/bin/fsdnet" export models/mnist-16-32.safetensors --folded --out "$folder/network.onnx" --quiet
"$python" bench/rivals/onnx_parts.py "$folder/network.onnx" "$folder/network.npz"
rm "$folder/network.onnx"
