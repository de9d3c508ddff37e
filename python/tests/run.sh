#!/bin/sh
# run.sh: makes the wheel of the build tree FSDNET_BUILD_TREE, installs it in a fresh environment under FSDNET_WORK, and checks
# types and behavior there; exit code 77 (skipped) without the environment of python/requirements.txt.
set -eu
cd "$(dirname "$0")/../.."
tools=$PWD/.venv-python
[ -x "$tools/bin/python" ] || {
    echo "skipped: $tools/bin/python with nanobind and pytest is not there;" \
         "'scripts/venv.sh .venv-python python/requirements.txt' (part of 'make test') makes it"
    exit 77
}
export FSDNET_BUILD_TREE PIP_DISABLE_PIP_VERSION_CHECK=1 PATH="$PWD/.venv/bin:$PATH"
# The members' times, so that the same sources give the same bytes.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || echo 315619200)}"
rm -rf "$FSDNET_WORK/wheel" "$FSDNET_WORK/venv"
mkdir -p "$FSDNET_WORK"
"$tools/bin/python" -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir "$FSDNET_WORK/wheel" .
ls -l "$FSDNET_WORK/wheel"

# Nothing is in the environment but the wheel; what it needs is seen where it is, and Halide, which belongs beside it.
"$tools/bin/python" -m venv --without-pip "$FSDNET_WORK/venv"
packages=$(echo "$FSDNET_WORK"/venv/lib/python3*/site-packages)
echo "$tools"/lib/python3*/site-packages > "$packages/tools.pth"
ln -s "$PWD"/.venv/lib/python3*/site-packages/halide "$packages/halide"
"$tools/bin/python" -m pip --python "$FSDNET_WORK/venv/bin/python" install --quiet --no-index --no-deps "$FSDNET_WORK"/wheel/*.whl

python=$FSDNET_WORK/venv/bin/python
export PATH="$FSDNET_WORK/venv/bin:$PATH" PYTHONPYCACHEPREFIX="$FSDNET_WORK/bytecode"
"$python" -m mypy --cache-dir "$FSDNET_WORK/mypy" --strict --package fsdnet
exec "$python" -m pytest python/tests
