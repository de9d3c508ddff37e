#!/usr/bin/env python3
"""held_out_data.py <mnist> <folder>: MNIST without its test images, for choices that must not see them. Every twelfth
training image becomes a test image of the new folder, the others its training images."""
import pathlib
import sys

import numpy

from mnist_files import read_images, write_images


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: bench/held_out_data.py <mnist> <folder>")
    images, labels = read_images(pathlib.Path(sys.argv[1]), "train")
    held_out = numpy.arange(len(images)) % 12 == 0
    write_images(pathlib.Path(sys.argv[2]), "train", images[~held_out], labels[~held_out])
    write_images(pathlib.Path(sys.argv[2]), "t10k", images[held_out], labels[held_out])


if __name__ == "__main__":
    main()
