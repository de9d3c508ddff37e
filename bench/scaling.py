#!/usr/bin/env python3
"""Where training in several processes ends to be faster: step times and exchanges measured here, and a model on paper of what
they give with more processes and other networks (docs/scaling.md).

    bench/scaling.py measure build/release/bin ../shared/data/mnist --output measured.json
    bench/scaling.py model measured.json
"""
import argparse
import json
import math
import os
import pathlib
import subprocess
import tempfile

LEAST_BYTES_CUT = 16384  # PartSum::usual_bytes_to_all
# Latency in seconds, bytes per second of one process, and what each message costs the processor besides. The first one is
# measured; the others are what such networks have under TCP, or under verbs for InfiniBand.
LINKS = {"10 Gbit/s Ethernet": (30e-6, 1.1e9, 2e-6), "1 Gbit/s Ethernet": (50e-6, 0.117e9, 2e-6),
         "100 Gbit/s InfiniBand": (2e-6, 11e9, 0.3e-6)}
BATCHES = (50, 25, 12)
WIDE = {"input": {"kind": "real", "height": 28, "width": 28, "colors": 1}, "preprocessing": {"kind": "digit"}, "layers": [
    {"op": "linear", "name": "first", "channels": 2048}, {"op": "relu"},
    {"op": "linear", "name": "second", "channels": 2048}, {"op": "relu"},
    {"op": "linear", "name": "third", "channels": 2048}, {"op": "relu"},
    {"op": "linear", "name": "digits", "channels": 10}, {"op": "log_softmax"}]}


def trained(program, data, description, batch, images, folder, launch=(), more=()):
    """The report of two short epochs."""
    words = [*launch, program, "train", "--data", data, "--description", description, "--batch", batch, "--images", images,
             "--epochs", 2, "--holdout", 0, "--threads", 1, "--rate", 0.001, "--quiet", "--json", "--output",
             pathlib.Path(folder) / "model.safetensors", *more]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def step_seconds(program, data, description, batch, images, folder, **more):
    report = trained(program, data, description, batch, images, folder, **more)
    return report["seconds_per_epoch"] / (report["images"] // batch), report["parameters"]


def measure(options):
    programs = pathlib.Path(options.programs)
    networks = {path.stem: path for path in sorted(pathlib.Path(options.models).glob("mnist-*.json"))
                if path.stem in ("mnist-8-16", "mnist-16-32", "mnist-relu-16-32", "mnist-mlp")}
    found = {"networks": {}, "exchanges": []}
    launch = [options.mpirun, "--allow-run-as-root", "-np", "2"]
    with tempfile.TemporaryDirectory() as folder:
        wide = pathlib.Path(folder) / "wide-10-million.json"
        wide.write_text(json.dumps(WIDE))
        for name, path in {**networks, wide.stem: wide}.items():
            images = 500 if path == wide else options.images
            seconds = {}
            for batch in BATCHES:
                seconds[batch], parameters = step_seconds(programs / "fsdnet", options.data, path, batch, images, folder)
            found["networks"][name] = {"parameters": parameters, "seconds": seconds}
            print(f"{name}: {parameters} parameters,", ", ".join(f"batch {b}: {s * 1e6:.0f} us" for b, s in seconds.items()))
    done = subprocess.run([*launch, str(programs / "bench_exchange")], capture_output=True, text=True, check=True)
    found["exchanges"] = [json.loads(line) for line in done.stdout.splitlines()]
    print(done.stdout, end="")
    pathlib.Path(options.output).write_text(json.dumps(found, indent=1) + "\n")


def line_through(points):
    """Least squares: what no sample changes, and what each sample adds."""
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return max(mean_y - slope * mean_x, 0.0), slope


def exchange_seconds(numbers, processes, link):
    """Of one sum without any overlap: one journey of everything to all, or two of the segments."""
    latency, bandwidth, message = link
    if processes == 1:
        return 0.0
    size = 4 * numbers
    if size <= LEAST_BYTES_CUT:
        return latency + (processes - 1) * (message + size / bandwidth)
    return 2 * (latency + (processes - 1) * (message + size / processes / bandwidth))


def measured_link(exchanges):
    """Latency of the smallest sum, and the bandwidth of the largest one, which travels once in each direction by halves."""
    smallest, largest = exchanges[0], exchanges[-1]
    latency = smallest["to_all_us"] * 1e-6
    journey = largest["segments_us"] * 1e-6 - 2 * latency
    return latency, 4 * largest["numbers"] / journey, 0.0


class Step:
    """Seconds of a step of `batch` samples that `processes` share."""

    def __init__(self, network, link):
        self.fixed, self.per_sample = line_through([(int(b), s) for b, s in network["seconds"].items()])
        self.parameters, self.link = network["parameters"], link

    def seconds(self, batch, processes):
        return (self.fixed + self.per_sample * math.ceil(batch / processes)
                + exchange_seconds(self.parameters, processes, self.link))

    def speedup(self, batch, processes):
        return self.seconds(batch, 1) / self.seconds(batch, processes)

    def most(self, batch, holds):
        """The most processes, at most one for each sample, up to which the condition holds."""
        processes = 1
        while processes < batch and holds(processes + 1):
            processes += 1
        return processes

    def fastest(self, batch):
        return max(range(1, batch + 1), key=lambda processes: (self.speedup(batch, processes), -processes))


def rows_of(found, batch):
    links = {"cores of a machine": measured_link(found["exchanges"]), **LINKS}
    for name, network in found["networks"].items():
        for place, link in links.items():
            step = Step(network, link)
            half = step.most(batch, lambda processes: step.speedup(batch, processes) >= processes / 2)
            fastest = step.fastest(batch)
            share = exchange_seconds(network["parameters"], 2, link) / step.seconds(batch, 2)
            yield (name, network["parameters"], place, step.speedup(batch, 2), share, half, fastest,
                   step.speedup(batch, fastest))


def model(options):
    found = json.loads(pathlib.Path(options.measured).read_text())
    latency, bandwidth, _ = measured_link(found["exchanges"])
    print(f"this machine: {latency * 1e6:.1f} us, {bandwidth / 1e9:.1f} GB/s\n")
    for batch in options.batch:
        print(f"| network, batch {batch} | parameters | between processes | 2 processes | exchange of 2 | half as efficient at | "
              "fastest at |\n|---|---|---|---|---|---|---|")
        for name, parameters, place, two, share, half, fastest, best in rows_of(found, batch):
            print(f"| {name} | {parameters:,} | {place} | {two:.2f} x | {100 * share:.0f} % | {half} | {fastest}: {best:.1f} x |")
        print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("measure", help="step times for several batches, and sums between two processes")
    verb.add_argument("programs", help="the folder of fsdnet, fsdnet_mpi.so and bench_exchange")
    verb.add_argument("data", help="MNIST's folder")
    verb.add_argument("--models", default="models")
    verb.add_argument("--mpirun", default=os.environ.get("FSDNET_MPIRUN", "mpirun"))
    verb.add_argument("--images", type=int, default=6000)
    verb.add_argument("--output", required=True)
    verb.set_defaults(run=measure)
    verb = verbs.add_parser("model", help="tables of what more processes give")
    verb.add_argument("measured")
    verb.add_argument("--batch", type=int, nargs="+", default=[50, 1000])
    verb.set_defaults(run=model)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
