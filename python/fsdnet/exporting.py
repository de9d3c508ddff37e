"""Networks for other programs, and from them: ONNX, 8-bit integers, C libraries."""
from __future__ import annotations

import importlib.util
import pathlib
import tempfile
import warnings
from collections.abc import Sequence
from typing import Any

from fsdnet import _fsdnet
from fsdnet._paths import PathLike, text_of
from fsdnet._program import report_of
from fsdnet.errors import UnsupportedError
from fsdnet.model import Model
from fsdnet.network import Network


def export_onnx(model: Model, path: PathLike, *, floats: bool = False) -> int:
    """Writes the model in ONNX's standard operators, whole or not at all, and returns the number of bytes. floats: the graph
    of images takes float32 in place of bytes. Raises UnsupportedError where ONNX has no word for a layer, FileError where the
    system refuses."""
    return _fsdnet.export_onnx(model._handle, text_of(path), floats)


def import_onnx(path: PathLike, *, classes: Sequence[str] = (), shape: Sequence[int] = (), result: str = "",
                scale: float = 1.0, offset: float = 0.0) -> Model:
    """The network in an ONNX file (operator sets 7 to 24), where a chain of fsdnet's layers can hold it.

    classes: their names (the file's, or their numbers); a log_softmax is added where the graph ends without. shape: axes of
    the input behind the samples, where the file leaves them open. result: which output, of several. The graph reads
    scale * value + offset of what fsdnet is given, e.g. 1 / 255 of bytes. What became different on the way is a warning.
    Raises UnsupportedError that lists every node which does not fit, and why; InputError for what is no ONNX file."""
    model, notes = _fsdnet.import_onnx(text_of(path), list(classes), list(shape), result, scale, offset)
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return Model(model)


def quantize(model: Model, path: PathLike | None = None) -> Network:
    """The network in 8-bit integers (docs/quantization.md), ready to run in portable C++; written to `path` where one is given.
    Raises UnsupportedError for layers that cannot be quantized with a proved bound."""
    network = Network._of(_fsdnet.Network.quantized_from(model._handle))
    if path is not None:
        network._handle.save_quantized(text_of(path))
    return network


def compile(model: Model | PathLike, name: str, folder: PathLike = ".", *, targets: Sequence[str] = (),
            floats: bool = False, functions: Sequence[str] = (), shared: bool = False) -> dict[str, Any]:
    """The network as a C function in `folder`/lib<name>.a with `folder`/<name>.h, by `fsdnet compile`; needs Halide:
    `pip install fsdnet[compile]`. Takes seconds to minutes.

    model: a Model, or the path of a model file or quantized file. targets: instruction sets by Halide's names, the best
    first (all that fsdnet was built for). floats: one more function that takes floats. functions: "judge", "masked".
    shared: lib<name>.so as well, linked by cc, which Network(model, compiled=) takes in place of its kernels.
    Returns what `fsdnet compile --json` says: files, functions, bytes of stack. Raises as the command line's exit code says."""
    if importlib.util.find_spec("halide") is None:
        raise UnsupportedError("Compiling needs Halide, which is not installed; pip install 'fsdnet[compile]' installs it.")
    with tempfile.TemporaryDirectory() as temporary:
        if isinstance(model, Model):
            path = pathlib.Path(temporary) / "model.safetensors"
            model.save(path)
        else:
            path = pathlib.Path(model)
        words = [str(path), "--name", name, "--output", text_of(folder)]
        words += ["--target", ",".join(targets)] if targets else []
        words += ["--floats"] if floats else []
        words += ["--shared"] if shared else []
        words += ["--with", ",".join(functions)] if functions else []
        report: dict[str, Any] = report_of("compile", words)
    return report
