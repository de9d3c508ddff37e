#!/bin/sh
# rivals.sh [options of bench/rivals/main.py]: measures fsdnet beside its rivals; table, JSON and picture in build/rivals.
set -eu
cd "$(dirname "$0")/.."
scripts/packages.sh
scripts/packages.sh rivals || echo "rivals.sh: without Debian's python3-torch and libxnnpack0; the report says so"
case " $* " in
    *" --pytorch pypi "* | *" --pytorch=pypi "*)
        venv=.venv-rivals-pytorch
        scripts/venv.sh $venv bench/rivals/requirements-pytorch.txt ;;
    *)  # PyTorch is Debian's, which the environment sees behind its own packages.
        venv=.venv-rivals
        scripts/venv.sh $venv bench/rivals/requirements.txt --system-site-packages ;;
esac
scripts/configure.sh release
.venv/bin/cmake --build --preset release --target rivals
exec $venv/bin/python bench/rivals/main.py \
    --library build/release/lib/librivals_ours.so --program build/release/bin/fsdnet "$@"
