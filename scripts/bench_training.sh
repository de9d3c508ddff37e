#!/bin/sh
# bench_training.sh [options of bench/rivals/training.py]: an epoch of training beside PyTorch's; table and JSON in build/rivals.
set -eu
cd "$(dirname "$0")/.."
scripts/packages.sh
scripts/packages.sh rivals
scripts/venv.sh .venv-rivals bench/rivals/requirements.txt --system-site-packages
scripts/configure.sh release
.venv/bin/cmake --build --preset release --target fsdnet
exec .venv-rivals/bin/python bench/rivals/training.py --program build/release/bin/fsdnet "$@"
