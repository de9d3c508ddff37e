#!/bin/sh
# experiments.sh [name...]: builds and runs the experiments; pages and pictures go to docs/experiments. FSDNET_DATA names
# the folder with mnist/ and cifar10/ where it is not ../shared/data.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/cmake --build --preset release --target experiments
mkdir -p docs/experiments
exec build/release/bin/experiments --data "${FSDNET_DATA:-../shared/data}" "$@"
