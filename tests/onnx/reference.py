"""What each kind of layer computes, in float64: activations are [sample, y, x, group, state]."""
import math

import numpy

LEAST_LOG_LIKELIHOOD = -87  # smaller ones count as this (docs/math.md)


def flat_channels(activation):
    return activation.reshape(*activation.shape[:3], -1)


def one_group(numbers):
    return numbers[:, :, :, numpy.newaxis, :]


def windows(numbers, layer):
    """[sample, y, x, channel] to [sample, output_y, output_x, channel, window_y, window_x]; 0 outside."""
    pads = [(layer.get("padding_" + axis, 0),) * 2 for axis in "yx"]
    padded = numpy.pad(numbers, [(0, 0), *pads, (0, 0)])
    views = numpy.lib.stride_tricks.sliding_window_view(padded, (layer["window_y"], layer["window_x"]), (1, 2))
    return views[:, ::layer.get("stride_y", 1), ::layer.get("stride_x", 1)]


def kld(activation, layer, tensor, is_ratio):
    """n sum p log q + log prior; against a uniform background in front of relu and sigmoid (docs/math.md, 2.3)."""
    likelihood = numpy.maximum(tensor("log_likelihood").astype(float), LEAST_LOG_LIKELIHOOD)
    prior = tensor("log_prior").astype(float)
    if is_ratio:
        likelihood, prior = likelihood + math.log(likelihood.shape[3]), prior + math.log(prior.shape[1])
    if "window_y" in layer:
        weight = likelihood.reshape(*likelihood.shape[:2], -1, likelihood.shape[4])
        evidence = numpy.einsum("nyxcij,ijco->nyxo", windows(flat_channels(activation), layer), weight, optimize=True)
    else:
        evidence = (activation.reshape(len(activation), -1) @ likelihood.reshape(-1, likelihood.shape[4]))[:, None, None]
    evidence = float(tensor("observations")[0]) * evidence + prior.ravel()
    return evidence.reshape(*evidence.shape[:3], *prior.shape)


def conv(activation, layer, tensor):
    seen, weight, groups = windows(flat_channels(activation), layer), tensor("weight"), layer.get("groups", 1)
    parts = [numpy.einsum("nyxcij,ijco->nyxo", part, numbers.astype(float), optimize=True)
             for part, numbers in zip(numpy.split(seen, groups, 3), numpy.split(weight, groups, 3))]
    return one_group(numpy.concatenate(parts, 3) + tensor("bias"))


def locally_connected(activation, layer, tensor):
    seen = windows(flat_channels(activation), layer)
    return one_group(numpy.einsum("nyxcij,yxijco->nyxo", seen, tensor("weight").astype(float), optimize=True)
                     + tensor("bias"))


def linear(activation, layer, tensor):
    numbers = activation.reshape(len(activation), -1) @ tensor("weight").astype(float) + tensor("bias")
    return numbers[:, None, None, None]


def batch_norm(activation, layer, tensor):
    slope = tensor("scale") / numpy.sqrt(tensor("variance").astype(float) + layer.get("epsilon", 1e-5))
    return (slope * (flat_channels(activation) - tensor("mean")) + tensor("shift")).reshape(activation.shape)


def log_sum(numbers, axis):
    peak = numbers.max(axis, keepdims=True)
    return peak + numpy.log(numpy.exp(numbers - peak).sum(axis, keepdims=True))


def log_normalize(numbers):
    return numbers - log_sum(numbers, -1)


def log_hard_normalize(numbers):
    return numbers - numbers.max(-1, keepdims=True)


def pool_positions(extent, window, stride):
    """Ceil convention: the last window may hang over the border but begins inside."""
    positions = max(0, -(-(extent - window) // stride)) + 1
    return positions - 1 if (positions - 1) * stride >= extent else positions


def pool(activation, layer, reduce):
    """Of the windows that hang over the border, what is outside does not count."""
    (height, firsts_y), (width, firsts_x) = (
        (window, [stride * i for i in range(pool_positions(extent, window, stride))])
        for window, stride, extent in ((layer["pool_window_" + axis], layer["pool_stride_" + axis], extent)
                                       for axis, extent in zip("yx", activation.shape[1:])))
    return numpy.stack([numpy.stack([reduce(activation[:, y:y + height, x:x + width]) for x in firsts_x], 1)
                        for y in firsts_y], 1)


def mean(part):
    return part.mean((1, 2))


def largest(part):
    return part.max((1, 2))


def renormalized(part):
    peak = largest(part)
    return peak / peak.sum(-1, keepdims=True)


def log_mean(part):
    return log_sum(log_sum(part, 1), 2)[:, 0, 0] - math.log(part.shape[1] * part.shape[2])


PARAMETRIZED = {"conv": conv, "linear": linear, "locally_connected": locally_connected, "batch_norm": batch_norm}
POOLS = {"marginal_pool": mean, "average_pool": mean, "max_pool": largest, "renormalized_max_pool": renormalized,
         "log_marginal_pool": log_mean}
PLAIN = {
    "normalize": lambda z, layer: numpy.exp(log_normalize(z)),
    "softmax": lambda z, layer: numpy.exp(log_normalize(z)),
    "log_normalize": lambda z, layer: log_normalize(z),
    "log_softmax": lambda z, layer: log_normalize(z),
    "hard_normalize": lambda z, layer: numpy.exp(log_hard_normalize(z)),
    "log_hard_normalize": lambda z, layer: log_hard_normalize(z),
    "relu": lambda z, layer: numpy.maximum(z, 0),
    "sigmoid": lambda z, layer: 1 / (1 + numpy.exp(-z)),
    "erf": lambda z, layer: numpy.vectorize(math.erf)(z),
    "quadratic": lambda z, layer: z + layer["alpha"] * z * z,
}


def after_input(description, inputs):
    """What the first layer reads."""
    kind, colors = description.get("kind", "bernoulli"), description["size" if "size" in description else "colors"]
    is_bytes, values = inputs.dtype == numpy.uint8, inputs.astype(float)
    if kind == "bernoulli":
        present = values / 255 if is_bytes else values
        return numpy.stack([1 - present, present], -1)
    scale = description.get("scale", 1 if kind == "vector" else 1 / 255)
    values = values * numpy.asarray(scale, float) + numpy.asarray(description.get("offset", 0), float)
    return values.reshape(len(inputs), description.get("height", 1), description.get("width", 1), 1, colors)


def after_layer(layer, tensors, activation, is_ratio=False):
    """`is_ratio`: the layer behind it wants the evidence as a likelihood ratio."""
    op = layer["op"]
    if op in POOLS:
        return pool(activation, layer, POOLS[op])
    if op in PLAIN:
        return PLAIN[op](activation, layer)

    def tensor(role):
        return tensors[f"{layer['name']}.{role}"]
    return PARAMETRIZED[op](activation, layer, tensor) if op in PARAMETRIZED else kld(activation, layer, tensor, is_ratio)
