#!/usr/bin/env bash
# choose_network.sh <fsdnet> <folder>: trains the candidates for models/mnist-16-32.safetensors and chooses one of them by
# the lowest negative log-likelihood on its held-out training images, after calibration. Test images are read once,
# by the one that was chosen, after it was.
set -euo pipefail
fsdnet=$1
folder=$2
data=${FSDNET_DATA:-../shared/data}
mkdir -p "$folder"

for seed in 1 2 3; do
    "$fsdnet" train --data "$data/mnist" --description models/mnist-16-32.json --epochs 30 --shift 1 --turn 15 \
        --zoom 0.15 --noise 60 --holdout 5000 --seed "$seed" --json --output "$folder/seed-$seed.safetensors" \
        >"$folder/seed-$seed.json"
done
chosen=$(python3 - "$folder" <<'PYTHON'
import json, pathlib, sys
trained = {path.stem: json.loads(path.read_text()) for path in pathlib.Path(sys.argv[1]).glob("seed-*.json")}
held_out = {name: result["calibration"]["nll_after"] for name, result in trained.items()}
for name, nll in sorted(held_out.items(), key=lambda item: item[1]):
    print(f"{name}: {nll:.5f} nats on held-out images", file=sys.stderr)
print(min(held_out, key=held_out.get))
PYTHON
)
echo "chosen: $chosen" >&2
"$fsdnet" evaluate --model "$folder/$chosen.safetensors" --data "$data/mnist" --json >"$folder/test.json"
cat "$folder/test.json"
