#!/bin/sh
# demo.sh <fsdnet> <picture>: classifies real handwritten digits with the model that this project trained. Takes the
# MNIST test images where they are at hand, else the sheet of digits in Debian's package opencv-doc.
set -eu
fsdnet=$1
picture=$2
cd "$(dirname "$0")/.."

model=models/mnist-16-32.safetensors
images=${FSDNET_DATA:-../shared/data}/mnist/t10k-images-idx3-ubyte.gz
if [ ! -f "$images" ]; then
    images=build/digits.png
    [ -f "$images" ] || scripts/digits_sheet.sh "$images"
    echo "No MNIST test images in ${FSDNET_DATA:-../shared/data}/mnist (FSDNET_DATA names another folder), so the"
    echo "digits come from OpenCV's sample sheet. It overlaps the images that the network was trained on: what"
    echo "follows shows that the program works; its accuracy proves nothing."
fi

"$fsdnet" classify --model "$model" "$images" --picture "$picture"
echo "Picture: $picture"
