"""Networks that run."""
from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

import numpy
from numpy.typing import NDArray

from fsdnet import _fsdnet
from fsdnet._arrays import Floats, Numbers, observed, readable, result_array
from fsdnet._paths import PathLike, text_of
from fsdnet.errors import InputError
from fsdnet.model import Model


class Judgment(NamedTuple):
    """What Network.judge() says of each sample."""

    log_posterior: Floats  # [sample, class], nats
    novelty: Floats  # [sample], >= 0, higher for stranger samples
    p_value: Floats  # [sample], above 0 and at most 1: the share of known images that score as high


class Explanation(NamedTuple):
    """Which pixels of an image spoke for its class (docs/novelty.md)."""

    label: int  # the most probable class
    rival: int  # the second one
    log_odds: float  # log p(label) - log p(rival) of the whole image, nats
    nats: NDArray[numpy.float64]  # [y, x]: what each pixel said for the class against its rival


class Network:
    """A model made runnable: kernels chosen, buffers planned. Calls on one network wait for each other; several threads
    that want to run at once need a network each. Python's lock is released while it computes.

    Raises FileError, InputError or UnsupportedError where the file or the model cannot be used, or the device is missing.
    """

    def __init__(self, model: Model | PathLike, device: str = "cpu", batch: int = 64,
                 compiled: PathLike | None = None) -> None:
        """model: a Model, or the path of a model file or of what `fsdnet quantize` wrote. device: "cpu", "cuda", "opencl"
        or "auto". batch: samples that run through the layers at a time, 1 or more; results have the same bits for any.
        compiled: a shared library that `fsdnet compile --shared` made of this very network, which run() calls in place of
        kernels where it wants no mask: faster, rounded otherwise. It is code that runs in this process."""
        if batch < 1:
            raise InputError(f"batch: 1 or more samples are needed; found {batch}.")
        library = "" if compiled is None else text_of(compiled)
        if isinstance(model, Model):
            self._handle = _fsdnet.Network.from_model(model._handle, device, batch, library)
        else:
            self._handle = _fsdnet.Network.load(text_of(model), device, batch, library)

    @classmethod
    def _of(cls, handle: _fsdnet.Network) -> Network:
        network = cls.__new__(cls)
        network._handle = handle
        return network

    @property
    def model(self) -> Model:
        """Without tensors where the network is quantized."""
        return Model(self._handle.model())

    @property
    def classes(self) -> list[str]:
        return self._handle.model().classes

    @property
    def device(self) -> str:
        """"cpu", "cuda" or "opencl"."""
        return self._handle.device

    @property
    def is_quantized(self) -> bool:
        """In 8-bit integers: portable evaluation, the meaning of the file (docs/quantization.md)."""
        return self._handle.is_quantized

    @property
    def result_size(self) -> int:
        """Numbers of a result: as many as classes, or those that the network gives."""
        return self._handle.result_size

    @property
    def kernels(self) -> list[str]:
        """The names of the kernels in the order in which they run; none of a quantized network."""
        return self._handle.kernel_names

    def run(self, inputs: Numbers, out: Floats | None = None, *, mask: Numbers | None = None) -> Floats:
        """Log-posteriors in nats, float32 [sample, class], or the numbers of a network without classes.

        inputs: uint8 [sample, y, x, color], or float32 of the same shape or [sample, number] for a vector. Where the input
            is "bernoulli", floats are probabilities of state 1, between 0 and 1. Any strides are read in place but one kind:
            where the colors of a pixel (the numbers of a vector) are no neighbors in memory, 1024 samples at a time are
            copied first, as a misaligned array is and, for the integers of a quantized network, any other.
        out: takes the result: float32 [sample, class], C-contiguous, writable, not in the memory of the inputs.
        mask: uint8 or bool [sample, y, x] or [sample, y, x, 1 or color], 0 where a pixel, or one color of it, was not
            observed; it then says nothing, whatever its value. Any strides.

        Raises InputError for a wrong type or shape, for inputs that are no numbers, and where the result is none;
        UnsupportedError for a mask where the network has no unobserved pixels."""
        inputs = self._readable(inputs)
        out = result_array(out, (len(inputs), self.result_size), inputs)
        hidden = None if mask is None else self._mask(mask, inputs)
        self._handle.run(inputs, out, hidden, None, None, None)
        return out

    def judge(self, inputs: Numbers) -> Judgment:
        """run(), and how unlike what the model was fitted to each sample is. Of images like those, at most a share a has a
        p-value of at most a. Raises UnsupportedError for a model without such a fit (fit_novelty() adds one)."""
        inputs = self._readable(inputs)
        count = len(inputs)
        found = Judgment(numpy.empty((count, self.result_size), numpy.float32), numpy.empty(count, numpy.float32),
                         numpy.empty(count, numpy.float32))
        self._handle.run(inputs, found.log_posterior, None, None, found.novelty, found.p_value)
        return found

    def evidence(self, inputs: Numbers) -> Floats:
        """float32 [sample, layer], nats: for each normalized layer the mean over sites and groups of the log-evidence
        log sum_state exp(z). Raises UnsupportedError for a network without such a layer."""
        inputs = self._readable(inputs)
        evidence = numpy.empty((len(inputs), self._handle.evidence_size), numpy.float32)
        self._handle.run(inputs, result_array(None, (len(inputs), self.result_size), inputs), None, evidence, None, None)
        return evidence

    def explain(self, image: Numbers, *, window: int = 4, stride: int = 1, mask: Numbers | None = None) -> Explanation:
        """What each pixel of uint8 [y, x, color] said for the most probable class against its rival: exact differences of
        posteriors, with squares of `window` pixels unobserved in turn. mask: uint8 or bool [y, x]. Raises InputError for
        squares and strides that make no sense, UnsupportedError where the network has no unobserved pixels."""
        image = numpy.ascontiguousarray(readable(image, "image", (3,), (numpy.uint8,)))[None]
        hidden = None if mask is None else numpy.ascontiguousarray(
            observed(readable(mask, "mask", (2,), (numpy.uint8, numpy.bool_))[None]))
        nats = numpy.empty(image.shape[1:3], numpy.float64)
        shape = self._handle.model().input[1:]
        if image.shape[1:] != shape:
            raise InputError(f"image: the network takes uint8 {list(shape)}; found {list(image.shape[1:])}.")
        if hidden is not None and hidden.shape[1:3] != image.shape[1:3]:
            raise InputError(f"mask: one of shape {list(image.shape[1:3])} is needed; found {list(hidden.shape[1:3])}.")
        label, rival, log_odds = self._handle.explain(image, hidden, window, stride, nats)
        return Explanation(label, rival, log_odds, nats)

    def _readable(self, inputs: Numbers) -> Numbers:
        return readable(inputs, "inputs", (2, 4), (numpy.uint8, numpy.float32))

    @staticmethod
    def _mask(mask: Numbers, inputs: Numbers) -> Numbers:
        hidden = observed(mask)
        if len(hidden) != len(inputs):
            raise InputError(f"mask: one for each of the {len(inputs)} samples is needed; found {len(hidden)}.")
        return hidden

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        """A copy would share buffers."""
        raise TypeError("A Network cannot be copied or pickled; make another one of its `model`, which can.")


def load(path: PathLike, device: str = "cpu", compiled: PathLike | None = None) -> Network:
    """The network of a model file, or of what `fsdnet quantize` wrote, ready to run: Network(path, device, compiled=compiled)."""
    return Network(path, device, compiled=compiled)


def fit_novelty(model: Model, inputs: Numbers, device: str = "cpu") -> Model:
    """The model with its novelty fitted to samples that its training never saw, like those that it will see: what
    Network.judge() needs. inputs: as for Network.run(); strided ones are copied. Every second sample goes into means and
    covariances, the others into p-values. Raises InputError where there are too few, UnsupportedError where the network has
    no normalized layer."""
    network = Network(model, device)
    return Model(network._handle.with_novelty(numpy.ascontiguousarray(network._readable(inputs))))
