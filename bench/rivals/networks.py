"""The networks that are measured: the committed ones, and descriptions of models/ with weights drawn at random."""
import gzip
import json
import pathlib
import subprocess
import sys

import numpy

from ours import ROOT

sys.path.insert(0, str(ROOT / "tests" / "onnx"))
from random_model import Draft, pool_positions  # noqa: E402

POSTERIOR_TOLERANCE = 1e-5
INT8_LEAST_AGREEMENT = 0.97  # of the decisions, with ours in 8 bits
MNIST_CLASSES = 10
BATCHES = (1, 64, 1024)
# Trained and committed, by name; what follows are their compiled functions in float32 and 8 bits.
COMMITTED = {"mnist-16-32": ("compiled_mnist", "compiled_mnist_8bit"), "mnist-relu-16-32": ("compiled_mnist_relu", None)}
DRAWN = ("mnist-8-16", "cifar-32-32-64")


class Drawn(Draft):
    """A description of models/ with parameters that are drawn: speed does not depend on their values."""

    def __init__(self, description):
        super().__init__(seed=1)
        self.input = description["input"]
        self.shape = [self.input["height"], self.input["width"], self.input["colors"], 2]
        for layer in description["layers"]:
            self.add(layer)

    def add(self, layer):
        layer = dict(layer)
        if "groups" in layer:
            whole = layer["op"] == "kld_linear"
            window = self.shape[:2] if whole else [layer["window_y"], layer["window_x"]]
            layer.update(self.add_parameters(window, layer["groups"], layer["states"]))
            if whole:
                self.shape = [1, 1, layer["groups"], layer["states"]]
            else:
                self.shape = [self.positions(layer, axis, extent) for axis, extent in zip("yx", self.shape)]
                self.shape += [layer["groups"], layer["states"]]
        elif "pool_window_y" in layer:
            for index, axis in enumerate("yx"):
                self.shape[index] = pool_positions(self.shape[index], layer["pool_window_" + axis],
                                                   layer["pool_stride_" + axis])
        self.layers.append(layer)

    def positions(self, layer, axis, extent):
        return (extent + 2 * layer["padding_" + axis] - layer["window_" + axis]) // layer["stride_" + axis] + 1


def prepare(name, folder, program):
    """The model and its ONNX file, in `folder`."""
    if name in COMMITTED:
        model = ROOT / "models" / f"{name}.safetensors"
    else:
        model = pathlib.Path(folder) / f"{name}.safetensors"
        Drawn(json.loads((ROOT / "models" / f"{name}.json").read_text())).save(model)
    file = pathlib.Path(folder) / f"{name}.onnx"
    subprocess.run([program, "export", str(model), "--folded", "--out", str(file)], check=True, stdout=subprocess.DEVNULL)
    return model, file


def mnist_images(data):
    file = pathlib.Path(data) / "mnist" / "t10k-images-idx3-ubyte.gz"
    if not file.is_file():
        return None
    with gzip.open(file) as stream:
        return numpy.frombuffer(stream.read(), numpy.uint8, offset=16).reshape(-1, 28, 28, 1).copy()


def images_for(name, count, data, shape):
    """Real images where the network was trained on them, noise otherwise."""
    real = mnist_images(data) if name in COMMITTED else None
    if real is not None:
        return real[:count].copy()
    return numpy.random.default_rng(2).integers(0, 256, (count, *shape), dtype=numpy.uint8)


def posterior_difference(ours, theirs):
    return float(numpy.abs(numpy.exp(ours.astype(float)) - numpy.exp(theirs.astype(float))).max())


def agreement(ours, theirs):
    return float((ours.argmax(1) == theirs.argmax(1)).mean())
