#!/usr/bin/env python3
"""teacher.py [--rounds N] [--output FILE.json] <bench_teacher>: students beside their teachers by fsdnet and by NumPy, one thread
each, in turns; the best time of each. NumPy's products are float64 (OpenBLAS), batched where ours are; means of classes are
a product with the labels as unit vectors."""
from beside_numpy import best, compare

import numpy

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


compare(__doc__, numpy_times)
