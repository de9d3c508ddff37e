"""An epoch of training by fsdnet and by PyTorch (eager), one thread each, in one run and turn by turn.

The same networks, 60,000 images of MNIST in batches of 50, Adam, the same falling rate; weights and order are each one's
own. Exit code 1 where the mean losses over the epoch show that the two do not learn alike.
"""
import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from main import ROOT, machine
from torch_training import Training, torch, training_set

NETWORKS = ("mnist-relu-16-32", "mnist-mlp")
BATCH = 50
RATE = 0.003
SAME_LOSS = 0.15  # how far apart the losses may be: seeds differ by some hundredths


def description(name):
    return json.loads((ROOT / "models" / f"{name}.json").read_text())


def ours(options, name, seed):
    """One epoch in a process of its own: loss, CPU seconds, seconds; and the number of parameters."""
    with tempfile.TemporaryDirectory() as folder:
        command = [options.program, "train", "--data", str(pathlib.Path(options.data) / "mnist"), "--description",
                   str(ROOT / "models" / f"{name}.json"), "--epochs", "1", "--batch", str(BATCH), "--rate", str(RATE),
                   "--seed", str(seed), "--threads", "1", "--json", "--output", f"{folder}/trained.safetensors"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(done.stdout)
    times = report["processor_seconds_per_epoch"], report["seconds_per_epoch"]
    return report["epochs"][0]["loss"], *times, report["parameters"]


def theirs(name, images, labels, seed):
    training = Training(description(name), seed, RATE)
    return *training.epoch(images, labels, BATCH), training.parameters()


def measured(options, name, images, labels):
    Training(description(name), 0, RATE).epoch(images[:40 * BATCH], labels[:40 * BATCH], BATCH)  # warms caches up
    turns = {"fsdnet": lambda seed: ours(options, name, seed), "pytorch": lambda seed: theirs(name, images, labels, seed)}
    rounds = []
    for seed in range(options.rounds):
        order = list(turns) if seed % 2 == 0 else list(turns)[::-1]
        rounds.append({who: turns[who](seed) for who in order})
    row = {"network": name, "parameters": rounds[0]["fsdnet"][3], "same_parameters": True}
    for who in turns:
        loss, processor, wall, _ = zip(*(turn[who] for turn in rounds))
        row[who] = {"loss": statistics.median(loss), "processor_seconds": statistics.median(processor),
                    "seconds": statistics.median(wall), "rounds": processor}
    ratios = [turn["pytorch"][1] / turn["fsdnet"][1] for turn in rounds]
    row.update(ratio=statistics.median(ratios), ratios=ratios,
               same_parameters=rounds[0]["fsdnet"][3] == rounds[0]["pytorch"][3])
    return row


def learn_alike(row):
    return row["same_parameters"] and abs(row["fsdnet"]["loss"] / row["pytorch"]["loss"] - 1) <= SAME_LOSS


def table(document):
    lines = [f"{document['date']}, {document['machine']}; `{document['command']}`. Seconds of CPU time per epoch, one thread, "
             f"medians of {document['rounds']}; PyTorch {document['pytorch']}, eager. The ratio is PyTorch's / ours.", "",
             "| network | parameters | fsdnet | PyTorch | ratio | mean loss, ours / PyTorch's |", "|---|---|---|---|---|---|"]
    for row in document["rows"]:
        mine, other = row["fsdnet"], row["pytorch"]
        lines.append(f"| {row['network']} | {row['parameters']:,} | {mine['processor_seconds']:.2f} | "
                     f"{other['processor_seconds']:.2f} | **{row['ratio']:.2f}** | {mine['loss']:.3f} / {other['loss']:.3f} |")
    return "\n".join(lines) + "\n"


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="example: scripts/bench_training.sh --rounds 5")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", default=str(ROOT / ".." / "shared" / "data"), help="folder that has mnist/")
    parser.add_argument("--networks", nargs="+", default=NETWORKS, help="descriptions of models/ (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (3)")
    parser.add_argument("--output", default=str(ROOT / "build" / "rivals"), help="folder for the results (build/rivals)")
    return parser.parse_args()


def main():
    options = parsed()
    torch.set_num_threads(1)
    images, labels = training_set(options.data)
    load = os.getloadavg()[0]
    rows = [measured(options, name, images, labels) for name in options.networks]
    document = {"machine": machine(), "date": datetime.date.today().isoformat(), "load": load, "rounds": options.rounds,
                "pytorch": torch.__version__, "command": "make bench-training", "batch": BATCH, "rate": RATE, "rows": rows}
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "training.json").write_text(json.dumps(document, indent=1) + "\n")
    (folder / "training.md").write_text(table(document))
    print(table(document), end="")
    apart = [row["network"] for row in rows if not learn_alike(row)]
    if apart:
        sys.exit(f"training: ours and PyTorch's do not learn alike: {', '.join(apart)}.")


if __name__ == "__main__":
    main()
