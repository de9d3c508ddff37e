#!/bin/sh
# run_gpu_bundle.sh: packs and runs the archive for GPUs with .venv-onnx's Python; exit code 77 (skipped) without it.
cd "$(dirname "$0")/../.." || exit 1
python=.venv-onnx/bin/python
[ -x "$python" ] || {
    echo "skipped: $python is not there;" \
         "'scripts/venv.sh .venv-onnx tests/onnx/requirements.txt' (part of 'make test') makes it"
    exit 77
}
exec "$PWD/$python" tests/bench/test_gpu_bundle.py
