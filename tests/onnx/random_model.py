"""Draws valid networks of every kind that a model file can express (docs/formats.md) and writes them."""
import json

import numpy
from safetensors.numpy import save_file

from reference import pool_positions

NORMALIZATIONS = ["normalize", "normalize", "hard_normalize", "relu", "sigmoid"]
POOLS = ["marginal_pool", "max_pool", "renormalized_max_pool"]


def distributions(random, shape, axis):
    """Logarithms of distributions along `axis`, some of them sharp."""
    logits = random.normal(0, random.choice([0.5, 1.5, 4]), shape)
    peak = logits.max(axis, keepdims=True)
    return (logits - peak - numpy.log(numpy.exp(logits - peak).sum(axis, keepdims=True))).astype(numpy.float32)


class Draft:
    """A network that grows layer by layer; `shape` is the activation's y, x, group, state."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.input = {"height": self.integer(1, 17), "width": self.integer(1, 17), "colors": int(self.random.choice([1, 3]))}
        self.shape = [self.input["height"], self.input["width"], self.input["colors"], 2]
        self.mass = 1  # about what a group's states sum to; more than 1 behind an approximation
        self.layers = []
        self.tensors = {}

    def integer(self, least, most):
        return int(self.random.integers(least, most + 1))

    def chance(self, probability):
        return self.random.random() < probability

    def add_parameters(self, window, groups, states):
        name = f"layer-{len(self.layers)}"
        self.tensors[name + ".log_likelihood"] = distributions(
            self.random, (*window, self.shape[2], self.shape[3], groups * states), 3)
        self.tensors[name + ".log_prior"] = distributions(self.random, (groups, states), 1)
        # As after training, n keeps the evidence at tens of nats however much is observed: float32 then holds it
        # within some 1e-6 in every implementation.
        observed = window[0] * window[1] * self.shape[2] * self.mass
        self.tensors[name + ".observations"] = numpy.array(
            [min(1, 10 / observed) * numpy.exp(self.random.normal(0, 0.3))], numpy.float32)
        return {"name": name, "groups": groups, "states": states}

    def add_conv(self, groups, states):
        layer = {"op": "kld_conv"}
        window, positions = [], []
        for axis, extent in zip("yx", self.shape):
            size = self.integer(1, 4)
            padding = self.integer(0, size - 1) if self.chance(0.5) else 0
            size = min(size, extent + 2 * padding)
            padding = min(padding, size - 1)
            stride = self.integer(1, 3)
            layer.update({"window_" + axis: size, "stride_" + axis: stride, "padding_" + axis: padding})
            window.append(size)
            positions.append((extent + 2 * padding - size) // stride + 1)
        layer.update(self.add_parameters(window, groups, states))
        self.layers.append(layer)
        self.shape = [*positions, groups, states]

    def add_linear(self, groups, states):
        self.layers.append({"op": "kld_linear", **self.add_parameters(self.shape[:2], groups, states)})
        self.shape = [1, 1, groups, states]

    def add_pool(self, op, whole=False):
        layer = {"op": op}
        for index, axis in enumerate("yx"):
            extent = self.shape[index]
            window, stride = (extent + self.integer(0, 1),) * 2 if whole else (self.integer(1, 4), self.integer(1, 4))
            layer.update({"pool_window_" + axis: window, "pool_stride_" + axis: stride})
            self.shape[index] = pool_positions(extent, window, stride)
        self.layers.append(layer)
        self.mass = {"max_pool": self.shape[3], "renormalized_max_pool": 1}.get(op, self.mass)

    def add_plain(self, op):
        self.layers.append({"op": op})
        self.mass = {"normalize": 1, "relu": 10 * self.shape[3]}.get(op, self.shape[3])

    def add_hidden(self):
        add = self.add_conv if self.chance(0.8) else self.add_linear
        add(self.integer(1, 3), self.integer(2, 17))
        self.add_plain(str(self.random.choice(NORMALIZATIONS)))
        if self.chance(0.6):
            self.add_random_pool()

    def add_random_pool(self):
        may_vanish = any(layer["op"] in ("relu", "sigmoid") for layer in self.layers[-1:])
        self.add_pool(str(self.random.choice(POOLS[:2] if may_vanish else POOLS)))

    def add_classes(self):
        """A linear layer, or the marginal over the sites of a convolution, in one or two poolings."""
        classes = self.integer(2, 11)
        if self.chance(0.6):
            self.add_linear(1, classes)
            self.add_plain("log_normalize" if self.chance(0.75) else "log_hard_normalize")
            return
        self.add_conv(1, classes)
        self.add_plain("log_normalize")
        if self.chance(0.5):
            self.add_pool("log_marginal_pool")
        self.add_pool("log_marginal_pool", whole=True)

    def save(self, path):
        network = {"input": self.input, "layers": self.layers,
                   "classes": [f"class {i}" for i in range(self.shape[3])]}
        save_file(self.tensors, path, {"format": "fsdnet", "version": "1", "network": json.dumps(network)})

    def images(self, count):
        """Bytes of which a third each is black, white and gray, as in drawings."""
        shape = (count, self.input["height"], self.input["width"], self.input["colors"])
        kind = self.random.integers(0, 3, shape)
        gray = self.random.integers(0, 256, shape)
        return numpy.where(kind == 0, 0, numpy.where(kind == 1, 255, gray)).astype(numpy.uint8)


def random_model(seed):
    draft = Draft(seed)
    if draft.chance(0.1):
        draft.add_pool(str(draft.random.choice(POOLS)))
    for _ in range(draft.integer(0, 3)):
        draft.add_hidden()
    draft.add_classes()
    return draft
