#!/usr/bin/env python3
"""features.py [--rounds N] [--output FILE.json] <bench_features>: the analysis of features by fsdnet beside NumPy, one thread
each, in turns; the best time of each. NumPy's class means are a product with one-hot labels, its covariance a float64 matrix
product (OpenBLAS), inverses are by Cholesky's factor; its samples are float64 already."""
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
SAMPLES, CLASSES = 60000, 10
labels = random.integers(CLASSES, size=SAMPLES)
one_hot = numpy.eye(CLASSES)[labels]
counts = one_hot.sum(0)


def features_of(units):
    features = random.normal(size=(SAMPLES, units))
    features[numpy.arange(units) % CLASSES == labels[:, None]] += 1
    return features


def modes(joint):
    px, py = joint.sum(1), joint.sum(0)
    root = numpy.sqrt(numpy.outer(px, py))
    u, sigma, v = numpy.linalg.svd((joint - numpy.outer(px, py)) / root, full_matrices=False)
    return sigma, u / numpy.sqrt(px)[:, None], v.T / numpy.sqrt(py)[:, None]


def histogram(codes):
    return numpy.bincount(codes * CLASSES + labels, minlength=256 * CLASSES).reshape(256, CLASSES)


def matched(features):
    mean = features.mean(0)
    centered = features - mean
    covariance = centered.T @ centered / SAMPLES
    class_mean = one_hot.T @ features / counts[:, None] - mean
    return class_mean, numpy.linalg.solve(covariance, class_mean.T).T


def h_score(features):
    class_mean, projection = matched(features)
    return ((counts / SAMPLES) @ (class_mean * projection)).sum() / 2


def best(work, least=0.5):
    work()
    times, start = [], time.process_time()
    while time.process_time() - start < least or not times:
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def numpy_times():
    joint = random.uniform(size=(256, 100))
    joint /= joint.sum()
    codes = numpy.arange(SAMPLES) * 7 % 256
    few, many = features_of(32), features_of(512)
    return {"dependence_and_svd_256x100": best(lambda: modes(joint)),
            "joint_histogram_60000_256x10": best(lambda: histogram(codes)),
            "ace_step_60000x32": best(lambda: matched(few)),
            "h_score_60000x512": best(lambda: h_score(many))}


fsdnet, rival = {}, {}
for _ in range(arguments.rounds):
    for times, found in ((fsdnet, json.loads(subprocess.check_output([arguments.program]))), (rival, numpy_times())):
        for name, seconds in found.items():
            times[name] = min(seconds, times.get(name, math.inf))
print(f"{'':34}{'fsdnet, ms':>12}{'NumPy, ms':>12}{'times':>8}")
for name, seconds in fsdnet.items():
    print(f"{name:34}{1e3 * seconds:12.3f}{1e3 * rival[name]:12.2f}{rival[name] / seconds:8.1f}")
if arguments.output:
    with open(arguments.output, "w") as file:
        json.dump({"numpy": numpy.__version__, "rounds": arguments.rounds, "fsdnet": fsdnet, "NumPy": rival}, file, indent=2)
