"""Scoring in parts: one model, many processes. fsdnet.dask, fsdnet.ray and fsdnet.spark hand it the parts.

Each process loads a model once, each of its threads gets a network, and kernels use one thread, since there are as many parts
at work as there are CPUs. The results have the bits of one run over everything."""
from __future__ import annotations

import hashlib
import pathlib
import pickle
import tempfile
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, NamedTuple

import numpy

from fsdnet._arrays import Numbers
from fsdnet._fsdnet import set_threads, threads
from fsdnet._paths import PathLike, text_of
from fsdnet.errors import FileError, InputError, UnsupportedError
from fsdnet.images import read_images
from fsdnet.model import Model
from fsdnet.network import Network

UNKNOWN = -1  # the decision about a sample that is unlike all that the model knows


class Scores(NamedTuple):
    """What a network says of each sample: NumPy arrays of a Scorer, Dask arrays of fsdnet.dask.score()."""

    log_posterior: Any  # float32 [sample, class], nats, or the numbers of a network without classes
    novelty: Any  # float32 [sample]; None where the model has no fit of its novelty
    p_value: Any  # float32 [sample], likewise
    decision: Any  # int32 [sample]: the most probable class, or UNKNOWN; None where there are no classes


class _OneThread:
    """While parts are at work in this process, kernels use one thread."""

    def __init__(self) -> None:
        self._lock, self._parts, self._usual = threading.Lock(), 0, 1

    def __enter__(self) -> None:
        with self._lock:
            if self._parts == 0:
                self._usual = threads()
                set_threads(1)
            self._parts += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._parts -= 1
            if self._parts == 0:
                set_threads(self._usual)


_one_thread = _OneThread()
_lock = threading.Lock()
_models: dict[str, Model | bytes] = {}  # of this process, by digest; bytes of a quantized network
_of_thread = threading.local()  # networks: dict[str, Network]


def _load(content: bytes, is_file: bool) -> Model | bytes:
    model: Model | bytes = content if is_file else pickle.loads(content)
    return model


def _network_of(model: Model | bytes, batch: int) -> Network:
    if isinstance(model, Model):
        return Network(model, batch=batch)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.safetensors"
        path.write_bytes(model)
        return Network(path, batch=batch)


class Scorer:
    """A function from samples to Scores that may be pickled: its pickle holds the model's numbers, not its path.

    model: a Model, or the path of a model file or of what `fsdnet quantize` wrote. unknown: samples whose p-value is at most
    this get the decision UNKNOWN; None: none do. batch: as for Network; results have the same bits for any. novelty: with it the
    bits are those of Network.judge(), without it, or where the model has no fit of it, those of Network.run().
    Raises as Network does, and UnsupportedError for `unknown` where the model has no fit of its novelty."""

    def __init__(self, model: Model | PathLike, unknown: float | None = None, batch: int = 64, novelty: bool = True) -> None:
        if unknown is not None and not 0 < unknown < 1:
            raise InputError(f"unknown: a share between 0 and 1 is needed; found {unknown}.")
        self._is_file = not isinstance(model, Model)
        try:
            self._content = pickle.dumps(model) if isinstance(model, Model) else pathlib.Path(text_of(model)).read_bytes()
        except OSError as error:
            raise FileError(f"The model file '{model}' cannot be read: {error.strerror}.") from error
        self._digest, self.unknown, self.batch = hashlib.sha256(self._content).hexdigest(), unknown, batch
        network = _network_of(_load(self._content, self._is_file), batch) if self._is_file else Network(model, batch=batch)
        self.classes, self.result_size = network.classes, network.result_size
        self.has_novelty = novelty and not network.is_quantized and network.model.has_novelty
        if unknown is not None and not self.has_novelty:
            raise UnsupportedError("unknown: that takes the novelty, and the model has no fit of it, or none is asked for; "
                                   "fit_novelty() or 'fsdnet calibrate' adds one.")

    def network(self) -> Network:
        """Of this process and thread; made when it is first asked for."""
        mine: dict[str, Network] = _of_thread.__dict__.setdefault("networks", {})
        name = f"{self._digest} {self.batch}"
        if name not in mine:
            with _lock:
                if self._digest not in _models:
                    _models.clear()  # one model at a time, whatever passed through this process before
                    _models[self._digest] = _load(self._content, self._is_file)
                model = _models[self._digest]
            mine.clear()
            mine[name] = _network_of(model, self.batch)
        return mine[name]

    def __dask_tokenize__(self) -> tuple[Any, ...]:
        return self._digest, self.unknown, self.batch, self.has_novelty

    @property
    def columns(self) -> int:
        """Numbers per sample of packed()."""
        return self.result_size + 2 * self.has_novelty

    def packed(self, inputs: Numbers) -> Numbers:
        """float32 [sample, columns]: log-posteriors, then novelty and p-value where the model has them."""
        with _one_thread:
            network = self.network()
            if not self.has_novelty:
                return network.run(inputs)
            found = network.judge(inputs)
        return numpy.concatenate([found.log_posterior, found.novelty[:, None], found.p_value[:, None]], axis=1)

    def decisions(self, packed: Numbers) -> Numbers:
        """int32 [sample]."""
        label: Numbers = packed[:, :self.result_size].argmax(axis=1).astype(numpy.int32)
        if self.unknown is not None:
            label[packed[:, self.result_size + 1] <= numpy.float32(self.unknown)] = UNKNOWN
        return label

    def unpacked(self, packed: Any, decision: Any) -> Scores:
        """The columns by their names."""
        size = self.result_size
        novelty, p_value = (packed[:, size], packed[:, size + 1]) if self.has_novelty else (None, None)
        return Scores(packed[:, :size], novelty, p_value, decision)

    def __call__(self, inputs: Numbers) -> Scores:
        """inputs: as for Network.run()."""
        packed = self.packed(inputs)
        return self.unpacked(packed, self.decisions(packed) if self.classes else None)

    def table(self, samples: Sequence[Any] | Numbers) -> dict[str, Numbers]:
        """The scores that there are, by name. samples: arrays of one shape, or paths or bytes of image files."""
        if len(samples) and isinstance(samples[0], (bytes, bytearray, str)):
            network = self.network()
            inputs = read_images([bytes(one) if isinstance(one, bytearray) else one for one in samples], network.model)
        else:
            inputs = numpy.stack(list(samples))
        return {name: values for name, values in self(inputs)._asdict().items() if values is not None}
