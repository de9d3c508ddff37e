"""Networks as data: what a model file holds."""
from __future__ import annotations

import json
import pathlib
import tempfile
from typing import Any, NamedTuple

from fsdnet import _fsdnet
from fsdnet._arrays import Floats
from fsdnet._paths import PathLike, text_of


class Input(NamedTuple):
    """What a network reads: `kind` is "bernoulli" (pixels as probabilities), "real" or "vector"."""

    kind: str
    height: int  # 1 for a vector
    width: int  # 1 for a vector
    colors: int  # or numbers of a vector


class Model:
    """A network's layers, numbers and class names. Nobody changes a model: it may be shared, copied and pickled.

    Made by load_model(), train(), describe_model() and fit_novelty(); run by Network.
    """

    def __init__(self, handle: _fsdnet.Model) -> None:
        """For fsdnet's own use."""
        self._handle = handle

    @property
    def input(self) -> Input:
        return Input(*self._handle.input)

    @property
    def classes(self) -> list[str]:
        """By label; empty where the network gives numbers."""
        return self._handle.classes

    @property
    def notes(self) -> dict[str, str]:
        """Free text, e.g. the training command."""
        return self._handle.notes

    @property
    def parameter_count(self) -> int:
        """Stored numbers."""
        return self._handle.parameter_count

    @property
    def has_novelty(self) -> bool:
        """Whether Network.judge() can tell unknown images: train() or fit_novelty() fitted it."""
        return self._handle.has_novelty

    @property
    def tensors(self) -> dict[str, Floats]:
        """The numbers by name, "<layer>.<role>" (docs/formats.md): read-only views, float32."""
        return self._handle.tensors()

    @property
    def description(self) -> dict[str, Any]:
        """Input, layers, classes and notes as docs/formats.md has them."""
        found: dict[str, Any] = json.loads(self._handle.description())
        return found

    def save(self, path: PathLike) -> None:
        """Writes a .safetensors file, whole or not at all. Raises FileError where the system refuses."""
        self._handle.save(text_of(path))

    def replaced(self, op: str, replacement: str) -> Model:
        """The model with one op in place of another, e.g. marginal_pool by max_pool, and without its novelty.
        Raises InputError where no layer has the op or the two are not interchangeable."""
        return Model(self._handle.replaced(op, replacement))

    def __repr__(self) -> str:
        layers = " ".join(layer["op"] for layer in self.description["layers"])
        return f"<fsdnet.Model of {self.parameter_count} numbers: {layers}>"

    def __copy__(self) -> Model:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Model:
        return self

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.safetensors"
            self.save(path)
            return _from_bytes, (path.read_bytes(),)


def _from_bytes(content: bytes) -> Model:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.safetensors"
        path.write_bytes(content)
        return load_model(path)


def load_model(path: PathLike) -> Model:
    """Reads and checks a model file (docs/formats.md). Raises FileError where it cannot be opened, InputError that names
    the tensor or key where it is no valid model."""
    return Model(_fsdnet.Model.load(text_of(path)))


def describe_model(description: PathLike | dict[str, Any]) -> Model:
    """A network to be trained, without numbers: from a file of JSON like models/mnist-16-32.json, or from the same as a
    dictionary. Raises InputError that says where the description is wrong."""
    if isinstance(description, dict):
        return Model(_fsdnet.Model.parse_description(json.dumps(description)))
    return Model(_fsdnet.Model.read_description(text_of(description)))
