#!/usr/bin/env python3
"""moments.py [--rounds N] [--output FILE.json] <bench_moments>: moments by fsdnet beside NumPy, one thread each, in turns;
the best time of each. NumPy's form of the ReLU covariance is vectorized over units and nodes, its covariance of samples is a
float64 matrix product (OpenBLAS)."""
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
erfc = numpy.vectorize(math.erfc)


def moments_of(units):
    samples = numpy.random.default_rng(1).normal(size=(2 * units, units))
    return samples.mean(0), numpy.cov(samples.T, bias=True)


def relu_covariance(mean, covariance, nodes, weights):
    s = numpy.sqrt(numpy.diag(covariance))
    a = mean / s
    phi = 0.5 * erfc(-a / math.sqrt(2))
    rho = numpy.clip(covariance / numpy.outer(s, s), -1, 1)
    angle = numpy.arcsin(rho)
    sine = numpy.sin(angle[:, :, None] * (nodes + 1) / 2)
    square = (a * a)[:, None, None] + (a * a)[None, :, None] - 2 * numpy.outer(a, a)[:, :, None] * sine
    terms = (rho[:, :, None] - sine) * numpy.exp(-square / (2 * (1 - sine * sine)))
    integral = angle / 2 * (terms @ weights)
    return numpy.outer(s, s) * (rho * numpy.outer(phi, phi) + integral / (2 * math.pi))


def sample_covariance(samples):
    mean = samples.mean(0)
    centered = samples - mean
    return mean, centered.T @ centered / len(samples)


def best(work, least=0.5):
    work()
    times, start = [], time.process_time()
    while time.process_time() - start < least or not times:
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def numpy_times():
    nodes, weights = numpy.polynomial.legendre.leggauss(16)
    hundred, thousand = moments_of(100), moments_of(1000)
    samples = numpy.random.default_rng(1).normal(size=(60000, 784))
    return {"relu_covariance_100": best(lambda: relu_covariance(*hundred, nodes, weights)),
            "relu_covariance_1000": best(lambda: relu_covariance(*thousand, nodes, weights), 0),
            "sample_covariance_60000x784": best(lambda: sample_covariance(samples), 0)}


fsdnet, rival = {}, {}
for _ in range(arguments.rounds):
    for times, found in ((fsdnet, json.loads(subprocess.check_output([arguments.program]))), (rival, numpy_times())):
        for name, seconds in found.items():
            times[name] = min(seconds, times.get(name, math.inf))
print(f"{'':34}{'fsdnet, ms':>12}{'NumPy, ms':>12}{'times':>8}")
for name, seconds in fsdnet.items():
    other = f"{1e3 * rival[name]:12.2f}{rival[name] / seconds:8.1f}" if name in rival else ""
    print(f"{name:34}{1e3 * seconds:12.3f}{other}")
if arguments.output:
    with open(arguments.output, "w") as file:
        json.dump({"numpy": numpy.__version__, "rounds": arguments.rounds, "fsdnet": fsdnet, "NumPy": rival}, file, indent=2)
