#!/usr/bin/env bash
# accuracy.sh <fsdnet>: what cards, README.md and docs/results.md say of the accuracy of committed networks, measured again and
# compared. accuracy.sh <fsdnet> train <folder> [cifar]: the trainings of docs/results.md besides, three seeds each, some of
# an hour; `cifar` adds those for CIFAR-10. Writes a JSON file per training and prints last-epoch test accuracies. Nothing is chosen by
# them.
set -euo pipefail
fsdnet=$1
data=${FSDNET_DATA:-../shared/data}
python=.venv/bin/python
[ -x "$python" ] || python=python3

if [ "${2:-}" != train ]; then
    exec "$python" bench/said_accuracy.py "$fsdnet"
fi
folder=$3
mkdir -p "$folder"

train() { # train <name> <option>...
    local name=$1
    shift
    "$fsdnet" train "$@" --evaluate --json --output "$folder/$name.safetensors" >"$folder/$name.json"
    python3 - "$name" "$folder/$name.json" <<'PYTHON'
import json, sys
result = json.load(open(sys.argv[2]))
print(f"{sys.argv[1]:32} {100 * result['test']['accuracy']:.2f} %  nll {result['test']['nll']:.4f}  "
      f"{result['parameters']} parameters  {result['seconds_per_epoch']:.2f} s per epoch", flush=True)
PYTHON
}

"$python" bench/said_accuracy.py "$fsdnet"
mnist=(--data "$data/mnist" --holdout 0 --epochs 12)
for seed in 0 1 2; do
    # Without shifts a lower rate leaves the network less over-confident: chosen by held-out images (docs/results.md).
    train "mnist-16-32-plain-$seed" --description models/mnist-16-32.json "${mnist[@]}" --seed "$seed" --rate 0.02
    train "mnist-16-32-shift-$seed" --description models/mnist-16-32.json "${mnist[@]}" --seed "$seed" --shift 1
done
train mnist-8-16-plain --description models/mnist-8-16.json "${mnist[@]}"
train mnist-8-16-shift --description models/mnist-8-16.json "${mnist[@]}" --shift 1
for seed in 0 1 2; do
    # What a hold-out costs where images are few.
    few=(--description models/mnist-16-32.json --data "$data/mnist" --images 8000 --epochs 12 --shift 1 --seed "$seed")
    train "mnist-8000-all-$seed" "${few[@]}" --holdout 0
    train "mnist-8000-holdout-$seed" "${few[@]}"
    train "mnist-8000-refit-$seed" "${few[@]}" --refit
done
"$python" bench/ordinary_accuracy.py "$fsdnet" "$folder"
if [ "${4:-}" = cifar ]; then
    cifar=(--data "$data/cifar10/cifar10-images.tar.gz" --holdout 0 --epochs 8 --flip --rate 0.02)
    train cifar-renormalized-max --description models/cifar-32-32-64.json "${cifar[@]}"
    train cifar-marginal --description models/cifar-32-32-64-marginal.json "${cifar[@]}"
fi
