#!/usr/bin/env python3
"""said_accuracy.py <fsdnet> [NETWORK...]: what the cards of models/, README.md and docs/results.md say of the accuracy of committed networks, beside
what `fsdnet evaluate` and corrupted copies of the test images give now. Exit code 1 where a figure is another one. Data that are not at
hand are passed over, with a sentence; FSDNET_DATA names the folder above mnist and cifar10."""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCES = pathlib.Path(__file__).resolve().parent.parent
MODELS = SOURCES / "models"
DATA = pathlib.Path(os.environ.get("FSDNET_DATA") or SOURCES / ".." / "shared" / "data")

# What a document says: `figure` of `network` on test images that were changed as `images` says ("" for none).
Said = collections.namedtuple("Said", "place network images figure text", defaults=("", "", ""))
# Figures in words, by their names in the report of `evaluate`.
FIGURES = {"accuracy": r"(\d\d\.\d\d) %", "nll": r"NLL (\d\.\d+) nats", "ece": r"ECE (\d?\.\d+)"}
CHANGED = {"noise": r"with noise of standard deviation 40 of 255 (\d\d\.\d\d) %", "blur": r"blurred by 3 x 3 means (\d\d\.\d\d) %"}


def figures_in(words):
    """The first one of each kind: (figure, text)."""
    for figure, pattern in FIGURES.items():
        found = re.search(pattern, words)
        if found:
            yield figure, found[1]


def said_by_card(name, card):
    place = f"models/{name}.md"
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (.*) \|$", card, re.M))
    summary = re.search(r"(\d\d\.\d\d) % of .*test images", card)
    found = [Said(place, name, "", "accuracy", summary[1])]
    found += [Said(place, name, "", *figure) for figure in figures_in(rows["test images"])]
    for images, pattern in CHANGED.items():
        changed = re.search(pattern, rows["test images"])
        found += [Said(place, name, images, "accuracy", changed[1])] if changed else []
    twin = re.search(rf"`{name}-8bit` [^,]*, (\d\d\.\d\d) %", rows["size"])
    found += [Said(place, f"{name}-8bit", "", "accuracy", twin[1])] if twin else []
    return found


def said_by_tables(place, text):
    """Rows of tables whose first cell names a file of models/: the accuracy behind it."""
    for name, cells in re.findall(r"^\|[^|]*`models/([\w-]+)\.safetensors`[^|]*(\|.*)$", text, re.M):
        found = re.search(r"(\d\d\.\d\d) %", cells)
        if found:
            yield Said(place, name, "", "accuracy", found[1])


def all_said():
    said = []
    for card in sorted(MODELS.glob("*.md")):
        said += said_by_card(card.stem, card.read_text(encoding="utf-8"))
    for place in ("README.md", "docs/results.md"):
        said += said_by_tables(place, (SOURCES / place).read_text(encoding="utf-8"))
    return said


def data_of(network):
    return DATA / ("cifar10/cifar10-images.tar.gz" if network.startswith("cifar") else "mnist")


def changed_images(network, images, folder):
    """Options of `evaluate` for a changed copy of the test images. NumPy is needed for these alone."""
    import cifar_files
    import corruptions
    import mnist_files
    import numpy
    files, part = (cifar_files, "test") if network.startswith("cifar") else (mnist_files, "t10k")
    pixels, labels = files.read_images(data_of(network), part)
    kind = next(kind for kind in corruptions.KINDS if kind.name == images)
    step = {"noise": 1, "blur": 0}[images]  # the strengths that the cards name
    random = numpy.random.default_rng([1, corruptions.KINDS.index(kind), step])
    changed = kind.function(pixels, kind.strengths[step], random)
    if files is cifar_files:
        return files.write_images(folder, changed, labels)
    files.write_images(folder, part, changed, labels)
    return ["--data", folder]


def compiled(program, model, folder):
    """Options of `evaluate` for a network of integers as it is compiled: its portable evaluation takes minutes of large ones."""
    words = [program, "compile", model, "--name", "twin", "--shared", "--target", "host", "--quiet", "--output", folder]
    subprocess.run([*map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return ["--compiled", folder / "libtwin.so"]


def evaluated(program, network, images):
    with tempfile.TemporaryDirectory() as temporary:
        folder, model = pathlib.Path(temporary), MODELS / f"{network}.safetensors"
        options = changed_images(network, images, folder) if images else ["--data", data_of(network)]
        options += compiled(program, model, folder) if network.endswith("-8bit") else []
        command = [program, "evaluate", "--json", "--quiet", "--model", model, *options]
        return json.loads(subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE).stdout)


def agrees(said, measured):
    """By a unit of the last digit that is said, which another instruction set may round to the other side."""
    digits = len(said.text.partition(".")[2])
    scale = 100 if said.figure == "accuracy" else 1
    return abs(float(said.text) - scale * measured) <= 1.5 * 10 ** -digits


def check(program, wanted):
    reports, wrong, missing = {}, [], set()
    for said in all_said():
        if wanted and said.network.removesuffix("-8bit") not in wanted:
            continue
        if not data_of(said.network).exists():
            missing.add(data_of(said.network))
            continue
        key = said.network, said.images
        if key not in reports:
            reports[key] = evaluated(program, *key)
        measured = reports[key][said.figure]
        shown = f"{100 * measured:.2f} %" if said.figure == "accuracy" else f"{measured:.4f}"
        fits = agrees(said, measured)
        print(f"{'ok   ' if fits else 'WRONG'} {said.place:26} {said.network:24} {said.images:6} {said.figure:9} said {said.text:8} measured {shown}", flush=True)
        wrong += [] if fits else [said]
    for data in sorted(missing):
        print(f"Passed over: what is said of networks for {data}, which is not there; FSDNET_DATA names the folder above mnist and cifar10.")
    return wrong


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: bench/said_accuracy.py <fsdnet> [NETWORK...]")
    wrong = check(sys.argv[1], sys.argv[2:])
    if wrong:
        sys.exit(f"said_accuracy: {len(wrong)} figures are not what is measured, the first one in {wrong[0].place}.")


if __name__ == "__main__":
    main()
