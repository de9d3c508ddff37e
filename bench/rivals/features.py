#!/usr/bin/env python3
"""features.py [--rounds N] [--output FILE.json] <bench_features>: the analysis of features by fsdnet beside NumPy, one thread
each, in turns; the best time of each. NumPy's class means are a product with one-hot labels, its covariance a float64 matrix
product (OpenBLAS), inverses are by Cholesky's factor; its samples are float64 already."""
from beside_numpy import best, compare

import numpy

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


def numpy_times():
    joint = random.uniform(size=(256, 100))
    joint /= joint.sum()
    codes = numpy.arange(SAMPLES) * 7 % 256
    few, many = features_of(32), features_of(512)
    return {"dependence_and_svd_256x100": best(lambda: modes(joint)),
            "joint_histogram_60000_256x10": best(lambda: histogram(codes)),
            "ace_step_60000x32": best(lambda: matched(few)),
            "h_score_60000x512": best(lambda: h_score(many))}


compare(__doc__, numpy_times)
