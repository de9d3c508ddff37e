"""Samples with their answers, from arrays or files."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

from fsdnet import _fsdnet
from fsdnet._arrays import Floats, Numbers
from fsdnet._paths import PathLike, text_of
from fsdnet.errors import InputError
from fsdnet.model import Model


def _inputs(inputs: ArrayLike) -> Numbers:
    array = numpy.asarray(inputs)
    if array.dtype == numpy.uint8 and array.ndim in (3, 4):
        return numpy.ascontiguousarray(array[..., None] if array.ndim == 3 else array)
    if array.dtype.kind != "f" or array.ndim not in (2, 4):
        raise InputError("inputs: uint8 [sample, y, x, color] or [sample, y, x], or real numbers [sample, number] or "
                         f"[sample, y, x, channel] are needed; found {array.dtype} {list(array.shape)}.")
    array = numpy.ascontiguousarray(array, numpy.float32)
    if not numpy.isfinite(array).all():
        raise InputError("inputs: finite numbers are needed; found NaN, an infinity, or a number too large for float32.")
    return array[:, None, None] if array.ndim == 2 else array


def _labels(answers: Numbers, classes: Sequence[str] | None) -> tuple[NDArray[numpy.int32], list[str]]:
    """Labels are indices into `classes`, or names; without classes they are what is found, in ascending order."""
    if classes is None:
        # Objects, which may be of several types, are compared as text.
        found, indices = numpy.unique(answers.astype(str) if answers.dtype.kind == "O" else answers, return_inverse=True)
        return indices.astype(numpy.int32), [str(name) for name in found]
    names = list(classes)
    if answers.dtype.kind in "iu":
        if answers.size and not 0 <= int(answers.min()) <= int(answers.max()) < len(names):
            raise InputError(f"answers: labels from 0 to {len(names) - 1} are needed; found {answers.min()} to "
                             f"{answers.max()}.")
        return numpy.ascontiguousarray(answers, numpy.int32), names
    index = {name: label for label, name in enumerate(names)}
    unknown = sorted({str(name) for name in answers} - index.keys())
    if unknown:
        raise InputError(f"answers: the class '{unknown[0]}' is none of {', '.join(names)}.")
    return numpy.array([index[str(name)] for name in answers], numpy.int32), names


class Dataset:
    """Samples and answers.

    inputs: uint8 [sample, y, x, color] or [sample, y, x]; or real numbers [sample, number] or [sample, y, x, channel].
        C-contiguous uint8 and float32 arrays are used in place; others are copied.
    answers: one integer or string per sample, its class; or real numbers [sample] or [sample, number] to be predicted.
    classes: the names by label. Without them the classes are what is found among the answers, in ascending order.

    Raises InputError where types, shapes or numbers do not fit.
    """

    def __init__(self, inputs: ArrayLike, answers: ArrayLike, classes: Sequence[str] | None = None) -> None:
        numbers, given = _inputs(inputs), numpy.asarray(answers)
        if given.ndim == 0 or len(given) != len(numbers):
            raise InputError(f"answers: one for each of the {len(numbers)} samples is needed; found an array of shape "
                             f"{list(given.shape)}.")
        labels, targets = None, None
        names: list[str] = []
        if given.dtype.kind == "f" and given.ndim <= 2:
            targets = numpy.ascontiguousarray(given.reshape(len(given), -1), numpy.float32)
            if not numpy.isfinite(targets).all():
                raise InputError("answers: finite numbers are needed; found NaN, an infinity, or one too large for float32.")
        elif given.dtype.kind in "iuUO" and given.ndim == 1:
            labels, names = _labels(given, classes)
        else:
            raise InputError("answers: integers or strings [sample], or real numbers [sample] or [sample, number] are "
                             f"needed; found {given.dtype} {list(given.shape)}.")
        self._arrays: Any = (numbers, labels, targets)  # which the handle only points to
        self._handle = _fsdnet.Dataset.over_arrays(numbers, labels, targets, names)

    @classmethod
    def _of(cls, handle: _fsdnet.Dataset) -> Dataset:
        data = cls.__new__(cls)
        data._arrays, data._handle = None, handle
        return data

    @property
    def inputs(self) -> Numbers:
        """uint8 [sample, y, x, color] or float32 [sample, y, x, channel]; vectors are [sample, 1, 1, number]."""
        images = self._handle.images
        found = self._handle.features if images is None else images
        assert found is not None
        return found

    @property
    def labels(self) -> NDArray[numpy.int32]:
        """int32 [sample], indices into `classes`; empty where the answers are numbers."""
        return numpy.array(self._handle.labels, numpy.int32)

    @property
    def targets(self) -> Floats | None:
        """float32 [sample, number]; None where the answers are classes."""
        return self._handle.targets

    @property
    def classes(self) -> list[str]:
        return self._handle.classes

    @property
    def source(self) -> str:
        """What was read."""
        return self._handle.source

    @property
    def has_split(self) -> bool:
        """False where a file does not tell training from test samples: then all were read."""
        return self._handle.has_split

    @property
    def notes(self) -> list[str]:
        """Sentences that people should see: what was passed over."""
        return self._handle.notes

    def __len__(self) -> int:
        return len(self.inputs)


def load_data(path: PathLike, split: str = "train", *, model: Model | None = None, labels: PathLike = "",
              height: int = 0, width: int = 0, colors: int = 0) -> Dataset:
    """What `fsdnet train --data` reads: MNIST's IDX files, CIFAR-10's binary files, images by class in a folder, tar or zip,
    a table of paths, NumPy arrays (docs/formats.md).

    split: "train" or "test". model: brings images to its input, and finds its classes by name. labels: the .npy file that
    belongs to the .npy file at `path`. height, width, colors: brings images to these extents; 0 keeps what the files hold.
    Raises InputError that names file and reason, FileError where the system refuses."""
    if model is not None:
        return Dataset._of(_fsdnet.Dataset.load_for(model._handle, text_of(path), split, text_of(labels)))
    return Dataset._of(_fsdnet.Dataset.load(text_of(path), split, text_of(labels), height, width, colors))
