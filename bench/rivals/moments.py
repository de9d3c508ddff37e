#!/usr/bin/env python3
"""moments.py [--rounds N] [--output FILE.json] <bench_moments>: moments by fsdnet beside NumPy, one thread each, in turns;
the best time of each. NumPy's form of the ReLU covariance is vectorized over units and nodes, its covariance of samples is a
float64 matrix product (OpenBLAS)."""
import math

from beside_numpy import best, compare

import numpy

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


def numpy_times():
    nodes, weights = numpy.polynomial.legendre.leggauss(16)
    hundred, thousand = moments_of(100), moments_of(1000)
    samples = numpy.random.default_rng(1).normal(size=(60000, 784))
    return {"relu_covariance_100": best(lambda: relu_covariance(*hundred, nodes, weights)),
            "relu_covariance_1000": best(lambda: relu_covariance(*thousand, nodes, weights), 0),
            "sample_covariance_60000x784": best(lambda: sample_covariance(samples), 0)}


compare(__doc__, numpy_times)
