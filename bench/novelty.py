"""The table of docs/novelty.md: MNIST's test images against corrupted copies of themselves, and against unobserved
squares, by `fsdnet evaluate --against` and `--unobserved`.

    .venv/bin/python bench/novelty.py build/release/bin/fsdnet [--data FOLDER] [--output FILE.json]

Networks: models/mnist-16-32.safetensors with its novelty, and models/mnist-relu-16-32.safetensors, a ReLU CNN of the same
shape, by the energy score and the largest posterior. Corruptions are drawn with fixed seeds."""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy

from corruptions import blurred, noisy, occluded
from mnist_files import read_images, write_images

SOURCES = pathlib.Path(__file__).resolve().parent.parent


def corruptions(images):
    random = numpy.random.default_rng(1)
    return {
        "noise, standard deviation 40": noisy(images, 40, random),
        "blur 3 x 3": blurred(images),
        "inverted": 255 - images,
        "uniform noise": random.integers(0, 256, images.shape),
        "black": numpy.zeros_like(images),
        "8 x 8 square black": occluded(images, 8, random),
    }


def evaluate(program, model, *arguments):
    command = [program, "evaluate", "--json", "--model", SOURCES / "models" / model, *arguments]
    return json.loads(subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE).stdout)


def row(program, data, other):
    ours = evaluate(program, "mnist-16-32.safetensors", "--data", data, "--against", other)["against"]
    cnn = evaluate(program, "mnist-relu-16-32.safetensors", "--data", data, "--against", other)["against"]["auroc"]
    detected = {f"detected at {level['level']}": level["detected"] for level in ours["levels"]}
    return {
        "novelty": ours["auroc"]["novelty"],
        "evidence of the last layer": ours["auroc"]["evidence of the last layer"],
        "entropy": ours["auroc"]["entropy of the posterior"],
        "CNN: energy": cnn["evidence of the last layer"],
        "CNN: largest posterior": cnn["largest posterior"],
        "CNN: entropy": cnn["entropy of the posterior"],
        **detected,
    }, ours


def unobserved(program, data, squares):
    whole = evaluate(program, "mnist-16-32.safetensors", "--data", data)
    table = {"whole": {"accuracy": whole["accuracy"], "nll": whole["nll"]}}
    for side in squares:
        found = evaluate(program, "mnist-16-32.safetensors", "--data", data, "--unobserved", f"{side}x{side}")["unobserved"]
        table[f"{side}x{side}"] = {"accuracy": found["accuracy"], "nll": found["nll"]}
    return table


def print_table(rows):
    columns = list(next(iter(rows.values())))
    print("| MNIST's test images against | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
    for name, cells in rows.items():
        print(f"| {name} | " + " | ".join(f"{cells[column]:.4f}" for column in columns) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", help="build/release/bin/fsdnet")
    parser.add_argument("--data", type=pathlib.Path, default=SOURCES / ".." / "shared" / "data" / "mnist",
                        help="the folder with MNIST's IDX files")
    parser.add_argument("--output", type=pathlib.Path, help="write all figures to this JSON file")
    arguments = parser.parse_args()
    images, labels = read_images(arguments.data, "t10k")
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for index, (name, corrupted) in enumerate(corruptions(images).items()):
            other = pathlib.Path(folder) / str(index)
            write_images(other, "t10k", corrupted, labels)
            rows[name], ours = row(arguments.program, arguments.data, other)
    print_table(rows)
    known = {"false alarms": {str(level["level"]): level["false_alarms"] for level in ours["levels"]},
             "distance of p-values from uniform": ours["p_values"]["distance_from_uniform"]}
    squares = unobserved(arguments.program, arguments.data, (8, 12, 14))
    print(json.dumps({"known images": known, "unobserved squares": squares}, indent=1))
    if arguments.output:
        arguments.output.write_text(json.dumps({"against": rows, "known images": known, "unobserved": squares}))


if __name__ == "__main__":
    main()
