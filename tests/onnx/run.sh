#!/bin/sh
# run.sh: compares fsdnet with ONNX Runtime in the environment of requirements.txt; exit code 77 (skipped) without it.
cd "$(dirname "$0")/../.." || exit 1
python=.venv-onnx/bin/python
[ -x "$python" ] || {
    echo "skipped: $python with ONNX Runtime is not there;" \
         "'scripts/venv.sh .venv-onnx tests/onnx/requirements.txt' (part of 'make test') makes it"
    exit 77
}
exec "$python" -m unittest discover --start-directory tests/onnx
