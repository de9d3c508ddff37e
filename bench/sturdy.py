#!/usr/bin/env python3
"""The tables of docs/sturdiness.md: accuracy, NLL and ECE on MNIST's test images and on corrupted copies of them.

    .venv/bin/python bench/sturdy.py build/release/bin/fsdnet --report docs/sturdiness

--network NAME=FILE, once or more, measures these networks in place of the committed ones; --data FOLDER takes other images,
e.g. those of bench/held_out_data.py, by which networks are chosen. Corruptions (bench/corruptions.py) are drawn by --seed."""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy

from corruptions import corrupted
from mnist_files import read_images, write_images
from sturdy_report import table_of, write_report

SOURCES = pathlib.Path(__file__).resolve().parent.parent
MODELS = SOURCES / "models"
NETWORKS = {name: MODELS / f"{name}.safetensors" for name in ("mnist", "mnist-16-32", "mnist-8-16", "mnist-relu-16-32")}


def named_file(words):
    name, _, file = words.rpartition("=")
    if not name:
        raise argparse.ArgumentTypeError(f"'{words}' is not NAME=FILE")
    return name, pathlib.Path(file)


def measured(program, file, data):
    command = [program, "evaluate", "--json", "--model", str(file), "--data", str(data)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return {measure: found[measure] for measure in ("accuracy", "nll", "ece")}


def measured_all(program, networks, images, labels, seed):
    """[{kind, strength, <network>: measures}], the images as they are first."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)

        def add(kind, strength, shown):
            write_images(folder, "t10k", shown, labels)
            rows.append({"kind": kind, "strength": strength,
                         "networks": {name: measured(program, file, folder) for name, file in networks.items()}})

        add("clean", None, images)
        for kind, strength, shown in corrupted(images, seed):
            add(kind.name, strength, shown)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", help="build/release/bin/fsdnet")
    parser.add_argument("--data", type=pathlib.Path, default=SOURCES / ".." / "shared" / "data" / "mnist",
                        help="the folder with MNIST's IDX files")
    parser.add_argument("--network", type=named_file, action="append", metavar="NAME=FILE", help="measure this one")
    parser.add_argument("--images", type=int, help="of the test images so many, evenly spaced (all)")
    parser.add_argument("--seed", type=int, default=1, help="of the corruptions (1)")
    parser.add_argument("--report", type=pathlib.Path, help="write REPORT.md, REPORT.svg and REPORT.json, as docs/sturdiness")
    arguments = parser.parse_args()
    images, labels = read_images(arguments.data, "t10k")
    shown = numpy.linspace(0, len(images), arguments.images or len(images), endpoint=False).astype(int)
    images, labels = images[shown], labels[shown]
    networks = dict(arguments.network or NETWORKS)
    rows = measured_all(arguments.program, networks, images, labels, arguments.seed)
    print(table_of(rows, "accuracy"))
    if arguments.report:
        write_report(arguments.report, rows, len(images), arguments.seed)


if __name__ == "__main__":
    main()
