#!/usr/bin/env python3
"""teacher.py [--rounds N] [--output FILE.json] <bench_teacher>: students beside their teachers by fsdnet and by NumPy, one thread
each, in turns; the best time of each. NumPy's products are float64 (OpenBLAS), batched where ours are; means of classes are
a product with the labels as unit vectors."""
import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import json
import math
import subprocess
import time

import numpy

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("program")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--output")
arguments = parser.parse_args()
random = numpy.random.default_rng(1)


def correlation(teacher, student):
    centered = [(side - side.mean(0, dtype=float)) for side in (teacher, student)]
    deviations = [numpy.sqrt((side * side).mean(0)) for side in centered]
    return centered[0].T @ centered[1] / (len(teacher) * numpy.outer(*deviations))


def forward(transition, feature, weight, gate):
    preactivation = (transition @ (feature @ weight)).sum(1)
    return preactivation, gate * preactivation


def backward(transition, feature, weight, gate, gradient):
    spread = transition.swapaxes(-1, -2) @ gradient[:, None]
    return gate * (spread @ weight.swapaxes(-1, -2)), feature.swapaxes(-1, -2) @ spread


def recursion(relation, student_weight, teacher_weight, student_gate, teacher_gate):
    return student_gate[:, :, None] * (student_weight @ relation @ teacher_weight.T) * teacher_gate[:, None]


def class_means(values, labels):
    units = numpy.zeros((10, len(labels)))
    units[labels, numpy.arange(len(labels))] = 1
    return units @ values / units.sum(1)[:, None]


def best(work, least=0.5):
    work()
    times, start = [], time.process_time()
    while time.process_time() - start < least or not times:
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def numpy_times():
    normal = random.normal
    units = [normal(size=(10000, 512)).astype(numpy.float32) for _ in range(2)]
    edges = normal(size=(64, 4, 8, 8)), normal(size=(64, 4, 8, 64)), normal(size=(64, 4, 64, 64))
    gate, child_gate, gradient = normal(size=(64, 8, 64)), normal(size=(64, 4, 8, 64)), normal(size=(64, 8, 64))
    relation = normal(size=(64, 100, 100)), normal(size=(100, 100)), normal(size=(100, 100))
    gates = normal(size=(64, 100)), normal(size=(64, 100))
    values, labels = normal(size=(60000, 128)), numpy.arange(60000) * 7 % 10
    return {"activation_correlation_10000x512x512": best(lambda: correlation(*units)),
            "expanded_forward_64x4x8x64": best(lambda: forward(*edges, gate)),
            "expanded_backward_64x4x8x64": best(lambda: backward(*edges, child_gate, gradient)),
            "gated_recursion_64x100x100": best(lambda: recursion(*relation, *gates)),
            "class_means_60000x128": best(lambda: class_means(values, labels))}


fsdnet, rival = {}, {}
for _ in range(arguments.rounds):
    for times, found in ((fsdnet, json.loads(subprocess.check_output([arguments.program]))), (rival, numpy_times())):
        for name, seconds in found.items():
            times[name] = min(seconds, times.get(name, math.inf))
print(f"{'':40}{'fsdnet, ms':>12}{'NumPy, ms':>12}{'times':>8}")
for name, seconds in fsdnet.items():
    print(f"{name:40}{1e3 * seconds:12.3f}{1e3 * rival[name]:12.2f}{rival[name] / seconds:8.1f}")
if arguments.output:
    with open(arguments.output, "w") as file:
        json.dump({"numpy": numpy.__version__, "rounds": arguments.rounds, "fsdnet": fsdnet, "NumPy": rival}, file, indent=2)
