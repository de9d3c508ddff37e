"""Draws networks that mix layers of distributions with ordinary ones wherever the kinds of activations fit."""
import json

import numpy
from safetensors.numpy import save_file

import reference
from random_model import distributions

# What may follow a kind of activation without numbers of its own, and the kind that it gives.
EVIDENCE = {"normalize": "probability", "softmax": "probability", "hard_normalize": "probability", "erf": "real",
            "relu": "probability", "sigmoid": "probability", "quadratic": "real", "log_softmax": "log_probability"}
REAL = {**EVIDENCE, "relu": "real", "sigmoid": "real", "max_pool": "real", "average_pool": "real"}
POOLS = ["marginal_pool", "average_pool", "max_pool", "renormalized_max_pool"]
FOLLOWERS = {"log_evidence": EVIDENCE, "real": REAL, "probability": dict.fromkeys(POOLS, "probability"),
             "log_probability": {"log_marginal_pool": "log_probability"}}
WINDOWED = ["conv", "conv", "grouped", "depthwise", "locally_connected"]


class Mixed:
    """A network that grows layer by layer together with what it computes for the inputs `samples`, which decides how
    large the next numbers are: activations stay around 1, evidence at a few nats, as after training."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.layers, self.tensors = [], {}
        self.draw_input()
        self.activation = reference.after_input(self.input, self.samples)
        self.kind = "probability" if self.input.get("kind", "bernoulli") == "bernoulli" else "real"
        self.may_vanish = False  # behind relu or sigmoid all states of a group may be 0

    def integer(self, least, most):
        return int(self.random.integers(least, most + 1))

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, options):
        return options[self.integer(0, len(options) - 1)]

    def draw_input(self, count=5):
        kind = self.pick(["bernoulli", "real", "real", "vector"])
        colors = self.pick([1, 3]) if kind == "bernoulli" else self.integer(1, 40 if kind == "vector" else 5)
        self.input = {"kind": kind, **({"size": colors} if kind == "vector" else {
            "height": self.integer(1, 13), "width": self.integer(1, 13), "colors": colors})}
        if kind != "bernoulli" and self.chance(0.6):
            unit = 1 if kind == "vector" else 1 / 255
            self.input["scale"] = [float(unit * numpy.exp(self.random.normal())) for _ in range(colors)]
            self.input["offset"] = [float(self.random.normal()) for _ in range(colors)]
        shape = (count, colors) if kind == "vector" else (count, self.input["height"], self.input["width"], colors)
        self.takes_floats = kind == "vector" or self.chance(0.4)
        if not self.takes_floats:
            self.samples = self.random.integers(0, 256, shape).astype(numpy.uint8)
        elif kind == "bernoulli":
            self.samples = self.random.random(shape).astype(numpy.float32)
        else:
            self.samples = (self.random.normal(0, 1 if kind == "vector" else 100, shape)).astype(numpy.float32)

    def append(self, layer, kind):
        """The layer; `kind` is what it gives."""
        self.layers.append(layer)
        if len(self.layers) > 1 and self.layers[-2]["op"].startswith("kld_"):  # now it is known what reads it
            self.activation = self.kld_evidence(self.layers[-2], layer["op"] in ("relu", "sigmoid"))
        if layer["op"].startswith("kld_"):
            self.before_kld = self.activation
            self.activation = self.kld_evidence(layer, False)
        else:
            self.activation = reference.after_layer(layer, self.tensors, self.activation)
        pooled = layer["op"].endswith("_pool")
        self.may_vanish = kind == "probability" and (layer["op"] in ("relu", "sigmoid") or (pooled and self.may_vanish))
        self.kind = kind

    def kld_evidence(self, layer, is_ratio):
        return reference.after_layer(layer, self.tensors, self.before_kld, is_ratio)

    def named(self, op, roles):
        name = f"layer-{len(self.layers)}"
        self.tensors.update({f"{name}.{role}": numpy.asarray(numbers, numpy.float32) for role, numbers in roles.items()})
        return {"op": op, "name": name}

    def window(self):
        """Attributes of a window that fits, and the positions that it has."""
        layer, positions = {}, []
        for axis, extent in zip("yx", self.activation.shape[1:]):
            size = self.integer(1, 4)
            padding = self.integer(0, size - 1) if self.chance(0.5) else 0
            size = min(size, extent + 2 * padding)
            padding, stride = min(padding, size - 1), self.integer(1, 2)
            layer.update({"window_" + axis: size, "stride_" + axis: stride, "padding_" + axis: padding})
            positions.append((extent + 2 * padding - size) // stride + 1)
        if self.chance(0.3):  # what may be left out
            layer = {key: value for key, value in layer.items()
                     if value != {"stride": 1, "padding": 0}.get(key.split("_")[0])}
        return layer, positions

    def weights(self, shape, inputs):
        """Such that the sums of `inputs` products are around 1."""
        size = max(1e-3, numpy.sqrt((self.activation ** 2).mean()))
        return self.random.normal(0, self.random.choice([0.7, 1.5]) / (size * numpy.sqrt(inputs)), shape)

    def add_windowed(self, op, channels):
        inputs = self.activation.shape[3] * self.activation.shape[4]
        window, positions = self.window()
        groups = {"depthwise": inputs, "grouped": self.pick([g for g in range(1, inputs + 1) if inputs % g == 0])}.get(op, 1)
        channels *= groups
        shape = (window["window_y"], window["window_x"], inputs // groups, channels)
        sites = positions if op == "locally_connected" else []
        layer = self.named("conv" if not sites else op, {
            "weight": self.weights((*sites, *shape), numpy.prod(shape[:3])),
            "bias": self.random.normal(0, 0.5, (*sites, channels))})
        self.append({**layer, **window, "channels": channels, **({"groups": groups} if groups > 1 else {})}, "real")

    def add_linear(self, channels):
        inputs = int(numpy.prod(self.activation.shape[1:]))
        layer = self.named("linear", {"weight": self.weights((inputs, channels), inputs),
                                      "bias": self.random.normal(0, 0.5, channels)})
        self.append({**layer, "channels": channels}, "real")

    def add_batch_norm(self):
        numbers = reference.flat_channels(self.activation)
        channels, mean = numbers.shape[3], numbers.mean((0, 1, 2))
        deviation = numbers.std((0, 1, 2)) + 0.1 + 0.1 * numpy.abs(mean)  # of few samples, some alike
        epsilon = {"epsilon": float(self.random.choice([1e-3, 1e-6, 0.1]))} if self.chance(0.5) else {}
        self.append({**self.named("batch_norm", {
            "scale": self.random.normal(1, 0.5, channels), "shift": self.random.normal(0, 0.5, channels),
            "mean": mean + self.random.normal(0, 0.3, channels) * deviation,
            "variance": (deviation * numpy.exp(self.random.normal(0, 0.3, channels))) ** 2}), **epsilon}, "real")

    def add_kld(self, op, groups, states):
        window = self.window()[0] if op == "kld_conv" else {}
        for axis in "yx" if window else "":  # here nothing may be left out
            window.setdefault("stride_" + axis, 1)
            window.setdefault("padding_" + axis, 0)
        extents = [window[key] for key in ("window_y", "window_x")] if window else self.activation.shape[1:3]
        shape = (*extents, *self.activation.shape[3:], groups * states)
        observed = max(0.05, self.activation.sum(-1).mean()) * numpy.prod(shape[:3])
        self.append({**self.named(op, {
            "log_likelihood": distributions(self.random, shape, 3),
            "log_prior": distributions(self.random, (groups, states), 1),
            "observations": [min(1, 10 / observed) * numpy.exp(self.random.normal(0, 0.3))]}),
            **window, "groups": groups, "states": states}, "log_evidence")

    def add_pool(self, op, whole=False):
        layer = {"op": op}
        for axis, extent in zip("yx", self.activation.shape[1:]):
            window, stride = (extent,) * 2 if whole else (self.integer(1, 3), self.integer(1, 3))
            layer.update({"pool_window_" + axis: window, "pool_stride_" + axis: stride})
        self.append(layer, self.kind)

    def add_affine(self):
        if self.chance(0.2):
            self.add_linear(self.integer(1, 20))
        else:
            self.add_windowed(self.pick(WINDOWED), self.integer(1, 6))

    def add_follower(self):
        options = [op for op in FOLLOWERS[self.kind] if not (self.may_vanish and op == "renormalized_max_pool")]
        op = self.pick(options)
        if op.endswith("_pool"):
            self.add_pool(op)
        else:
            alpha = {"alpha": float(self.random.uniform(-0.5, 0.5))} if op == "quadratic" else {}
            self.append({"op": op, **alpha}, FOLLOWERS[self.kind][op])

    def add_any(self):
        """One layer that takes what there is, of whatever sort."""
        steps = [self.add_affine, self.add_follower]
        if self.kind in ("real", "log_evidence"):
            steps += [self.add_batch_norm, self.add_follower]
        if self.kind == "probability":
            steps += [lambda: self.add_kld(self.pick(["kld_conv", "kld_conv", "kld_linear"]), self.integer(1, 3),
                                           self.integer(2, 9))] * 2
        self.pick(steps)()

    def add_numbers(self, count):
        """[1, 1, 1, count] real numbers: a linear layer, or a global pool behind a convolution."""
        if self.chance(0.5):
            self.add_linear(count)
            return
        self.add_windowed("conv", count)
        self.add_pool(self.pick(["average_pool", "max_pool"]), whole=True)

    def add_classes(self, count):
        """Log-probabilities of classes: of numbers, of evidence, or the marginal over the sites."""
        way = self.random.random()
        if self.kind == "probability" and way < 0.3:
            self.add_kld("kld_linear", 1, count)
        elif way < 0.7:
            self.add_numbers(count)
        else:
            self.add_windowed("conv", count)
            self.append({"op": "log_softmax"}, "log_probability")
            self.add_pool("log_marginal_pool", whole=True)
            return
        self.append({"op": self.pick(["log_softmax", "log_normalize", "log_hard_normalize"])}, "log_probability")

    def save(self, path):
        network = {"input": self.input, "layers": self.layers}
        if self.kind == "log_probability":
            network["classes"] = [f"class {i}" for i in range(self.activation.shape[4])]
        save_file(self.tensors, path, {"format": "fsdnet", "version": "2", "network": json.dumps(network)})

    def expected(self):
        """What the network gives for `samples`, computed in float64."""
        return self.activation.reshape(len(self.samples), -1)


def random_mixed(seed):
    draft = Mixed(seed)
    for _ in range(draft.integer(1, 7)):
        draft.add_any()
    if draft.chance(0.35):
        draft.add_numbers(draft.integer(1, 7))
    else:
        draft.add_classes(draft.integer(2, 11))
    return draft
