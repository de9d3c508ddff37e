"""Training (docs/training.md)."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fsdnet import _fsdnet
from fsdnet._paths import PathLike, text_of
from fsdnet.data import Dataset
from fsdnet.errors import InputError
from fsdnet.model import Model, describe_model


_Record = tuple[int, float, float | None, float, tuple[float, float, float] | None, float | None]


class Validation(NamedTuple):
    accuracy: float  # 0 to 1
    nll: float  # mean negative log-likelihood, nats
    ece: float  # expected calibration error, 0 to 1


class Epoch(NamedTuple):
    """What an epoch came to: means over its batches, taken while the weights change."""

    number: int  # from 1
    loss: float  # nats, or the squared error
    accuracy: float | None  # 0 to 1; None where the answers are numbers
    seconds: float  # of its steps
    validation: Validation | None  # where validation data are given
    run: str  # "", or with refit "hold-out: " and "all: "
    held_out_loss: float | None = None  # behind the epoch, where samples are held out


class Trained(NamedTuple):
    model: Model
    history: list[Epoch]
    calibration: float | None  # by which the last layer's number of observations was multiplied; None: no hold-out


def starter_network(data: Dataset, size: str = "medium") -> Model:
    """A description that fits the data: "small", "medium" or "large" (what `fsdnet new` writes). Raises InputError for an
    unknown size, UnsupportedError for maps of real numbers, whose axes nobody can guess."""
    return Model(_fsdnet.starter_network(data._handle, size))


def train(data: Dataset, description: Model | PathLike | dict[str, Any] | None = None, *, size: str = "medium",
          validation: Dataset | None = None, callback: Callable[[Epoch], object] | None = None, epochs: int = 12,
          batch: int = 50, rate: float = 0.03, optimizer: str = "adam", momentum: float = 0.9, weight_decay: float = 0.0,
          loss: str = "", shift: int = 0, flip: bool = False, turn: float = 0.0, zoom: float = 0.0, noise: float = 0.0,
          unobserved: float = 0.0, seed: int = 0, holdout: int = -1, refit: bool = False, patience: int = 0,
          class_weights: str | Sequence[float] = "", checkpoint: PathLike = "", resume: bool = False,
          device: str = "cpu") -> Trained:
    """Trains a network. The numbers depend on description, data and options alone, not on the number of threads.

    description: what describe_model() takes or gives; None is a starter network of `size`.
    validation: is evaluated after each epoch, only to be told; its classes are those of `data`.
    callback: is called after each epoch. Where it returns True the training ends there, and the model is what it is then;
        an exception ends it without one, as Ctrl-C does.
    epochs: 1 or more; the rate falls to 0.5 % over them as a cosine. batch: samples per step. rate: of the optimizer.
    optimizer: "adam" or "sgd", which has `momentum`. loss: "" is the one that suits the network's end.
    shift (pixels), flip, turn (degrees), zoom (share), noise (of 255), unobserved (share of the sides): random changes of images.
    holdout: samples kept from training, on which the last layer's number of observations is calibrated, and the novelty
        fitted; -1: one in twelve of 1200 or more, 0: none. refit: trains again on all samples after calibrating.
    patience: epochs without a smaller loss of the held-out samples (-1: one in twelve, of any number) after which training ends;
        the model is the best epoch's. 0: all epochs are trained, and the model is the last one's.
    class_weights: how much samples count in the loss: a number for each class, or "balanced"; "": all the same.
    checkpoint: a file that keeps the state after each epoch; with resume the training goes on from it, to the same end.

    Raises InputError where data, description and options do not fit, UnsupportedError where the network cannot be trained or
    the device is missing, CheckError where the loss is no number any more."""
    if resume and not text_of(checkpoint):
        raise InputError("resume: the checkpoint to go on from is missing; name it by `checkpoint`.")
    history: list[Epoch] = []

    def heard(run: str, record: _Record) -> bool:
        number, loss, accuracy, seconds, tested, held_out = record
        history.append(Epoch(number, loss, accuracy, seconds, None if tested is None else Validation(*tested), run,
                             held_out))
        return callback is not None and callback(history[-1]) is True

    if description is None:
        description = starter_network(data, size)
    described = description if isinstance(description, Model) else describe_model(description)
    options = {
        "epochs": epochs, "batch": batch, "rate": float(rate), "optimizer": optimizer, "momentum": float(momentum),
        "weight_decay": float(weight_decay), "loss": loss, "shift": shift, "flip": flip, "turn": float(turn),
        "zoom": float(zoom), "noise": float(noise), "unobserved": float(unobserved), "seed": seed, "holdout": holdout,
        "refit": refit, "patience": patience,
        "class_weights": class_weights if isinstance(class_weights, str) else ",".join(str(float(w)) for w in class_weights),
        "checkpoint": text_of(checkpoint), "resume": resume, "device": device,
    }
    tests = None if validation is None else validation._handle
    model, factor = _fsdnet.train(described._handle, data._handle, tests, options, heard)
    return Trained(Model(model), history, factor)
