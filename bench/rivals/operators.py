"""Single operators: ours by the kernel's name, the rivals' by method of the same meaning."""
import numpy

TOLERANCE = 2e-5  # of the largest result; float32 sums of a thousand products in another order


def distributions(random, *shape):
    mass = random.random(shape, numpy.float32) + numpy.float32(0.01)
    return mass / mass.sum(-1, keepdims=True)


def linear(rows, inputs, outputs):
    random = numpy.random.default_rng(3)
    arrays = {"probability": distributions(random, rows, inputs),
              "log_likelihood": numpy.log(distributions(random, outputs, inputs)).T.copy(),
              "log_prior": numpy.log(distributions(random, outputs)),
              "log_evidence": numpy.empty((rows, outputs), numpy.float32)}
    operands = arrays["probability"], arrays["log_likelihood"], arrays["log_prior"]
    return {"name": f"kld_linear {rows} x {inputs} x {outputs}", "method": "linear", "operands": operands,
            "work": {"operations": 2 * rows * inputs * outputs}, "ours": lambda ours: ours.kernel("kld_linear", arrays, "log_evidence", {"observations": 1})}


def conv_operations(samples, extent, inputs, outputs):
    """Multiply-adds of a 3x3 convolution of padded maps count as two; what follows them does not count."""
    return 2 * samples * extent * extent * 9 * inputs * outputs


def conv_log_softmax(samples, extent, inputs, states):
    random = numpy.random.default_rng(4)
    arrays = {"probability": distributions(random, samples, extent, extent, inputs),
              "log_likelihood": numpy.log(distributions(random, 3, 3, 1, states, inputs)).transpose(0, 1, 4, 2, 3).copy(),
              "log_prior": numpy.log(distributions(random, 1, states)),
              "log_posterior": numpy.empty((samples, extent, extent, 1, states), numpy.float32)}
    scalars = {"observations": 1, "stride_y": 1, "stride_x": 1, "padding_y": 1, "padding_x": 1}
    maps = arrays["probability"].transpose(0, 3, 1, 2).copy()
    filters = arrays["log_likelihood"][:, :, :, 0].transpose(3, 2, 0, 1).copy()
    return {"name": f"kld_conv 3x3, {inputs} -> {states}, {extent}x{extent}, batch {samples}, with log_normalize",
            "method": "conv_log_softmax", "operands": (maps, filters, arrays["log_prior"][0]),
            "work": {"operations": conv_operations(samples, extent, inputs, states)},
            "ours": lambda ours: ours.kernel("kld_conv_log_normalize", arrays, "log_posterior", scalars)}


def conv_relu(samples, extent, inputs, outputs):
    random = numpy.random.default_rng(6)
    arrays = {"features": random.random((samples, extent, extent, inputs), numpy.float32),
              "weight": random.normal(0, 1 / numpy.sqrt(9 * inputs), (3, 3, inputs, outputs)).astype(numpy.float32),
              "bias": random.normal(0, 1, outputs).astype(numpy.float32),
              "activation": numpy.empty((samples, extent, extent, outputs), numpy.float32)}
    scalars = {"stride_y": 1, "stride_x": 1, "padding_y": 1, "padding_x": 1}
    operands = arrays["features"].transpose(0, 3, 1, 2).copy(), arrays["weight"].transpose(3, 2, 0, 1).copy(), arrays["bias"]
    return {"name": f"conv_relu 3x3, {inputs} -> {outputs}, {extent}x{extent}, batch {samples}",
            "method": "conv_relu", "operands": operands,
            "work": {"operations": conv_operations(samples, extent, inputs, outputs)},
            "ours": lambda ours: ours.kernel("conv_relu", arrays, "activation", scalars)}


def log_softmax(rows, states):
    random = numpy.random.default_rng(5)
    arrays = {"logits": random.normal(0, 3, (rows, 1, states)).astype(numpy.float32),
              "log_posterior": numpy.empty((rows, 1, states), numpy.float32)}
    size = rows * states * 8 / 2**20
    return {"name": f"log_normalize {rows} x {states} ({size:.3g} MiB in and out)", "method": "log_softmax",
            "operands": (arrays["logits"].reshape(rows, states),), "work": {"bytes": rows * states * 8},
            "ours": lambda ours: ours.kernel("log_normalize", arrays, "log_posterior")}


def cases():
    return [linear(1024, 1024, 1024), linear(1024, 512, 10), linear(4096, 400, 32),
            conv_log_softmax(16, 32, 32, 64), conv_relu(16, 32, 32, 64), log_softmax(1024, 64), log_softmax(131072, 128)]


def difference(ours, theirs):
    """Relative to the largest result."""
    theirs = theirs.reshape(ours.shape)
    return float(numpy.abs(ours - theirs).max() / numpy.abs(ours).max())
