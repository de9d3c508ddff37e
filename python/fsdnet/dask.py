"""Scoring on the workers of Dask; needs Dask: `pip install fsdnet[dask]` (docs/python.md).

    images = fsdnet.dask.read_npy(["part-0.npy", "part-1.npy"])
    scores = fsdnet.dask.score(images, "digits.safetensors", unknown=0.01)
    decision = scores.decision.compute()        # by whatever scheduler Dask is told to use
"""
from __future__ import annotations

import math
import os
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple

import dask.array
import numpy
from dask.base import tokenize
from dask.delayed import delayed

from fsdnet import _fsdnet
from fsdnet._arrays import Numbers
from fsdnet._paths import PathLike, text_of
from fsdnet.errors import FileError, InputError
from fsdnet.images import read_images
from fsdnet.model import Model, load_model
from fsdnet.scoring import UNKNOWN, Scorer, Scores

PART_BYTES = 1 << 24  # of samples in a part: seconds of work beside the milliseconds of Dask, and little memory

arrays: Any = dask.array  # which has types in part only

__all__ = ["Images", "UNKNOWN", "read_folder", "read_npy", "read_parquet", "score"]


def _packed(inputs: Numbers, scorer: Scorer) -> Numbers:
    return scorer.packed(inputs)


def _decisions(packed: Numbers, scorer: Scorer) -> Numbers:
    return scorer.decisions(packed)


def _shared(value: Scorer | Model) -> Any:
    """A node of the graph that tasks refer to: a worker that runs many of them is sent it once."""
    return delayed(value, name=f"fsdnet-{type(value).__name__.lower()}-{tokenize(value)}", traverse=False)


def _model(model: Model | PathLike) -> Model:
    return model if isinstance(model, Model) else load_model(model)


def score(inputs: Any, model: Model | PathLike, *, unknown: float | None = None, batch: int = 64,
          novelty: bool = True) -> Scores:
    """Scores of Dask arrays, in chunks as those of the inputs; nothing is computed before somebody asks for it. Ask for all
    that you want in one dask.compute(), which scores each sample once.

    inputs: a Dask array of uint8 [sample, y, x, color] or float32, as Network.run() takes them. model, unknown, batch,
    novelty: as for Scorer. A worker gets the model once and uses one thread per slot; what a worker that dies has not
    finished is done again by another one. Raises as Scorer does, and InputError for inputs that are not the network's."""
    samples = arrays.asarray(inputs)
    scorer = Scorer(model, unknown, batch, novelty)
    if samples.ndim == 0:
        raise InputError("inputs: an array of samples is needed; found a number.")
    scorer.network().run(numpy.empty((0, *samples.shape[1:]), samples.dtype))  # says what does not fit
    samples = samples.rechunk({axis: -1 for axis in range(1, samples.ndim)})
    shared = _shared(scorer)
    packed = samples.map_blocks(_packed, scorer=shared, dtype=numpy.float32, drop_axis=list(range(1, samples.ndim)),
                                new_axis=[1], chunks=(samples.chunks[0], (scorer.columns,)),
                                meta=numpy.empty((0, 0), numpy.float32))
    decision = None
    if scorer.classes:
        decision = packed.map_blocks(_decisions, scorer=shared, dtype=numpy.int32, drop_axis=[1],
                                     meta=numpy.empty(0, numpy.int32))
    return scorer.unpacked(packed, decision)


class Images(NamedTuple):
    paths: list[str]
    inputs: Any  # a Dask array, uint8 [sample, y, x, color]


def _paths(paths: PathLike | Sequence[PathLike]) -> list[str]:
    found = [text_of(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    if not found:
        raise InputError("paths: one or more files are needed; found none.")
    return found


def _shape_of(path: str, name: str) -> tuple[tuple[int, ...], Any]:
    """Of the array in a .npy file, or of that name in a .npz file; reads no more than its header."""
    if not path.endswith(".npz"):
        array = numpy.load(path, mmap_mode="r")
        return array.shape, array.dtype
    with zipfile.ZipFile(path) as archive, archive.open(name + ".npy") as file:
        version = numpy.lib.format.read_magic(file)
        read_header = numpy.lib.format.read_array_header_1_0 if version == (1, 0) else numpy.lib.format.read_array_header_2_0
        shape, _, dtype = read_header(file)
        return shape, dtype


def _rows(path: str, name: str, first: int, count: int) -> Numbers:
    if path.endswith(".npz"):
        with numpy.load(path) as arrays:
            return numpy.array(arrays[name])
    return numpy.array(numpy.load(path, mmap_mode="r")[first:first + count])


def read_npy(paths: PathLike | Sequence[PathLike], name: str = "images", chunk: int | None = None) -> Any:
    """A Dask array of what .npy and .npz files hold, one behind the other. The workers read: they see the files by the same
    paths.

    name: of the array in .npz files. chunk: samples per part of a .npy file (as many as 16 MiB hold); a .npz file is one part.
    Raises FileError where the system refuses, InputError where a file holds no such array, or one of another shape."""
    parts: list[Any] = []
    for path in _paths(paths):
        try:
            shape, dtype = _shape_of(path, name)
        except OSError as error:
            raise FileError(f"The file '{path}' cannot be read: {error.strerror or error}.") from error
        except (ValueError, KeyError, zipfile.BadZipFile) as error:
            raise InputError(f"The file '{path}' holds no array that can be read: {error}.") from error
        if not shape or parts and (shape[1:] != parts[0].shape[1:] or dtype != parts[0].dtype):
            wanted = f"{parts[0].dtype} [sample, {', '.join(map(str, parts[0].shape[1:]))}]" if parts else "[sample, ...]"
            raise InputError(f"The file '{path}' holds {dtype} {list(shape)}; needed is {wanted}.")
        step = shape[0] if path.endswith(".npz") else chunk or PART_BYTES // max(1, dtype.itemsize * math.prod(shape[1:]))
        for first in range(0, shape[0], max(step, 1)):
            count = min(step, shape[0] - first)
            rows = delayed(_rows, pure=True)(path, name, first, count)
            parts.append(arrays.from_delayed(rows, (count, *shape[1:]), dtype))
    if not parts:
        raise InputError("paths: files with samples are needed; found none in any of them.")
    return arrays.concatenate(parts)


def _images(parts: Sequence[tuple[Any, int]], model: Model) -> Any:
    """parts: (delayed paths or bytes, how many)."""
    kind = model.input
    shape = (kind.height, kind.width, kind.colors)
    return arrays.concatenate([
        arrays.from_delayed(delayed(read_images, pure=True)(part, _shared(model)), (count, *shape), numpy.uint8)
        for part, count in parts])


def read_folder(folder: PathLike, model: Model | PathLike, chunk: int = 256) -> Images:
    """The image files in a folder and all below it, in the order of their paths, brought to the model's input as `fsdnet
    classify` does; the workers read them. chunk: images per part. Raises InputError where there are none; a file that is
    damaged ends the computation with a sentence that names it."""
    found = _fsdnet.image_files_below(text_of(folder))
    if not found:
        raise InputError(f"The folder '{folder}' holds no image files.")
    parts = [found[first:first + chunk] for first in range(0, len(found), chunk)]
    return Images(found, _images([(part, len(part)) for part in parts], _model(model)))


def _column(path: str, group: int, column: str) -> list[bytes]:
    import pyarrow.parquet  # type: ignore[import-not-found,import-untyped,unused-ignore]
    with pyarrow.parquet.ParquetFile(path) as file:
        content: list[bytes] = file.read_row_group(group, [column]).column(0).to_pylist()
        return content


def read_parquet(paths: PathLike | Sequence[PathLike], model: Model | PathLike, column: str = "image") -> Any:
    """The images whose files stand as bytes in a column of Parquet files, brought to the model's input; a part per row group.
    Needs pyarrow. Raises InputError where there is no such column, or no row."""
    import pyarrow.parquet  # type: ignore[import-not-found,import-untyped,unused-ignore]
    parts = []
    for path in _paths(paths):
        with pyarrow.parquet.ParquetFile(path) as file:
            if column not in file.schema_arrow.names:
                raise InputError(f"The file '{path}' has no column '{column}'; it has {', '.join(file.schema_arrow.names)}.")
            counts = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
        parts += [(delayed(_column, pure=True)(path, group, column), count) for group, count in enumerate(counts) if count]
    if not parts:
        raise InputError("paths: files with rows are needed; found none in any of them.")
    return _images(parts, _model(model))
