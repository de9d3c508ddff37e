"""How good a network is."""
from __future__ import annotations

from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from fsdnet import _fsdnet
from fsdnet._arrays import Floats
from fsdnet.data import Dataset
from fsdnet.errors import InputError
from fsdnet.network import Network


class Evaluation(NamedTuple):
    """Of a network that gives classes."""

    samples: int
    accuracy: float  # share of samples whose most probable class is theirs, 0 to 1
    nll: float  # mean of -log posterior[label], nats
    ece: float  # expected calibration error in 15 bins (arXiv 1706.04599), 0 to 1
    confusion: NDArray[numpy.int64]  # [label, most probable class]: samples


class Regression(NamedTuple):
    """Of a network that gives numbers."""

    samples: int
    mse: float  # mean of (predicted - target)^2
    r2: float  # 1 - squared errors / those of the mean target; NaN where all targets are equal


def _predicted(network: Network, data: Dataset) -> Floats:
    return network.run(data.inputs)


def evaluate(network: Network, data: Dataset) -> Evaluation:
    """Runs the network on the data and compares. Raises InputError where inputs or classes are not the network's."""
    if data.targets is not None or data.classes != network.classes:
        found = "numbers" if data.targets is not None else ", ".join(data.classes)
        raise InputError(f"data: answers among the network's classes ({', '.join(network.classes) or 'none'}) are needed; "
                         f"found {found}. Dataset(inputs, answers, network.classes) names them.")
    samples, accuracy, nll, ece, confusion = _fsdnet.evaluate_classes(_predicted(network, data), data.labels)
    return Evaluation(samples, accuracy, nll, ece, numpy.array(confusion, numpy.int64))


def evaluate_regression(network: Network, data: Dataset) -> Regression:
    """The same for a network without classes. Raises InputError where inputs or targets are not the network's."""
    if data.targets is None:
        raise InputError("data: answers that are real numbers are needed; found classes. evaluate() compares those.")
    return Regression(*_fsdnet.evaluate_numbers(_predicted(network, data), data.targets))
