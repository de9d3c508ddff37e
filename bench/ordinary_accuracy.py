#!/usr/bin/env python3
"""ordinary_accuracy.py <fsdnet> <folder>: the accuracy figures of ordinary networks (docs/results.md) on MNIST's test
images, which choose nothing: three seeds of each recipe. Writes a JSON file per training, and results.json, and
prints a table. Exit code 1 where a mean is below what this project promises.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys

SEEDS = (0, 1, 2)
# Name, description in models/, options, and the least mean accuracy.
RECIPES = (
    ("ReLU CNN 16-32", "mnist-relu-16-32", ("--epochs", "12", "--rate", "0.003"), 0.9915),
    ("ReLU CNN 16-32, shifted", "mnist-relu-16-32", ("--epochs", "12", "--rate", "0.003", "--shift", "1"), 0.9930),
    ("ReLU MLP 784-100-100-100-10", "mnist-mlp", ("--epochs", "8", "--rate", "0.003"), 0.975),
)


def trained(program, folder, name, options, seed):
    """The report of one training; what an earlier call left in the folder is taken as it is."""
    file = folder / f"{name}{'-shift' if '--shift' in options else ''}-{seed}.json"
    if not file.exists():
        data = pathlib.Path(os.environ.get("FSDNET_DATA", "../shared/data")) / "mnist"
        command = [program, "train", "--data", str(data), "--description", f"models/{name}.json", *options, "--seed",
                   str(seed), "--evaluate", "--json", "--output", str(file.with_suffix(".safetensors"))]
        report = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        file.write_text(report)
    return json.loads(file.read_text())


def row_of(recipe, reports):
    name, _, options, least = recipe
    accuracies = [report["test"]["accuracy"] for report in reports]
    return {"network": name, "parameters": reports[0]["parameters"], "options": " ".join(options), "seeds": SEEDS,
            "accuracies": accuracies, "mean": statistics.mean(accuracies), "least": least,
            "nll": [report["test"]["nll"] for report in reports],
            "processor_seconds_per_epoch": min(report["processor_seconds_per_epoch"] for report in reports)}


def line_of(row):
    each = ", ".join(f"{100 * accuracy:.2f}" for accuracy in row["accuracies"])
    losses = ", ".join(f"{nll:.3f}" for nll in row["nll"])
    return (f"| {row['network']}, {row['parameters']:,} parameters | `{row['options']}` | {each} (mean "
            f"{100 * row['mean']:.2f} %) | {losses} | {100 * row['least']:.2f} % | "
            f"{row['processor_seconds_per_epoch']:.2f} |")


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: bench/ordinary_accuracy.py <fsdnet> <folder>")
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    print("| network | training | test accuracy | NLL, nats | at least | CPU s per epoch |\n|---|---|---|---|---|---|", flush=True)
    rows = []
    for recipe in RECIPES:
        rows.append(row_of(recipe, [trained(program, folder, recipe[1], recipe[2], seed) for seed in SEEDS]))
        print(line_of(rows[-1]), flush=True)
    (folder / "results.json").write_text(json.dumps(rows, indent=1) + "\n")
    missed = [row["network"] for row in rows if row["mean"] < row["least"]]
    if missed:
        sys.exit(f"ordinary_accuracy: below the promised mean: {'; '.join(missed)}.")


if __name__ == "__main__":
    main()
