"""Draws chains as other programs write them into ONNX: any pads, strides, dilations and groups, several ways to say the same,
operator sets 9 to 22."""
import numpy
import onnx
from onnx import TensorProto, helper

OPERATOR_SETS = range(9, 23)


class Chain:
    """A graph that grows at its end, node by node; `shape` is what its value has behind the samples."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.operator_set = int(self.random.choice(OPERATOR_SETS))
        self.nodes, self.constants, self.seen = [], [], set()
        self.value, self.non_negative = "x", False
        rank = self.pick([1, 2, 3, 3, 3])
        self.shape = tuple(self.integer(4, 11) for _ in range(rank))
        self.input_shape = self.shape

    def integer(self, least, most):
        return int(self.random.integers(least, most + 1))

    def pick(self, options):
        return options[self.integer(0, len(options) - 1)]

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(onnx.numpy_helper.from_array(numpy.asarray(array), name))
        return name

    def numbers(self, *shape, least=None):
        drawn = self.random.normal(0, 1 / max(1, numpy.prod(shape[1:])) ** 0.5 if len(shape) > 1 else 1, shape)
        return self.constant((numpy.abs(drawn) + least if least else drawn).astype(numpy.float32))

    def append(self, op, *inputs, **attributes):
        self.seen.add(op)
        output = f"{op.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, [self.value, *inputs], [output], name=output, **attributes))
        self.value = output

    # Windows: pads in front and behind, such that every window sees the map.

    def window(self, pools):
        sites = self.shape[1:]
        kernel = [self.integer(1, min(3, extent)) for extent in sites]
        strides = [self.integer(1, 2) for _ in sites]
        dilations = [1 if pools else self.integer(1, 2) if (size - 1) * 2 < extent else 1
                     for size, extent in zip(kernel, sites)]
        return kernel, strides, dilations

    def after(self, channels, kernel, strides, dilations, begin, end, ceil=False):
        reach = [(size - 1) * gap + 1 for size, gap in zip(kernel, dilations)]
        room = [extent + b + e - r for extent, b, e, r in zip(self.shape[1:], begin, end, reach)]
        return (channels, *(-(-space // step) + 1 if ceil else space // step + 1 for space, step in zip(room, strides)))

    def conv(self):
        kernel, strides, dilations = self.window(False)
        groups = self.pick([1, 1, self.shape[0]])
        channels = groups * self.integer(1, 3)
        begin, end = ([self.integer(0, 2) for _ in kernel] for _ in range(2))
        bias = [self.numbers(channels)] if self.integer(0, 1) else []
        self.append("Conv", self.numbers(channels, self.shape[0] // groups, *kernel), *bias, strides=strides,
                    dilations=dilations, group=groups, pads=begin + end)
        self.shape, self.non_negative = self.after(channels, kernel, strides, dilations, begin, end), False

    def pool(self):
        op = self.pick(["MaxPool", "AveragePool"])
        kernel, strides, dilations = self.window(True)
        zeros = [0] * len(kernel)
        pads = [self.integer(0, size - 1) for size in kernel]
        attributes = {"kernel_shape": kernel, "strides": strides}
        ceil = self.operator_set >= 10 and self.integer(0, 3) == 0
        if ceil and all(strides[i] <= kernel[i] for i in range(len(kernel))):
            attributes["ceil_mode"] = 1
            if op == "AveragePool":
                attributes["count_include_pad"] = self.integer(0, 1)
            pads = zeros
        elif (op == "MaxPool" and self.non_negative) or op == "AveragePool":
            ceil = False
            attributes["pads"] = pads + pads
            if op == "AveragePool":
                attributes["count_include_pad"] = 1
        else:
            ceil, pads = False, zeros
        self.append(op, **attributes)
        self.shape = self.after(self.shape[0], kernel, strides, dilations, pads, pads, ceil)

    def normalization(self):
        channels = self.shape[0]
        self.append("BatchNormalization", self.numbers(channels), self.numbers(channels), self.numbers(channels),
                    self.numbers(channels, least=0.5), epsilon=float(self.random.choice([1e-5, 1e-3])))
        self.non_negative = False

    def arithmetic(self):
        op = self.pick(["Add", "Sub", "Mul", "Div"])
        shape = self.pick([(), (1,), (self.shape[0],) + (1,) * (len(self.shape) - 1)])
        self.append(op, self.numbers(*shape, least=0.5 if op == "Div" else None))
        self.non_negative = False

    def activation(self):
        op = self.pick(["Relu", "Relu", "Sigmoid"] + (["Erf"] if self.operator_set >= 9 else []))
        self.append(op)
        self.non_negative = op != "Erf"

    def nothing(self):
        self.append(self.pick(["Identity", "Dropout"]))

    def dense(self):
        size, outputs = int(numpy.prod(self.shape)), self.integer(2, 9)
        if len(self.shape) > 1:
            if self.integer(0, 1):
                self.append("Flatten")
            else:
                self.append("Reshape", self.constant(numpy.array([self.pick([0, -1]), size], numpy.int64)))
        if self.integer(0, 1):
            self.append("MatMul", self.numbers(size, outputs))
            self.append("Add", self.numbers(outputs))
        else:
            transposed = self.integer(0, 1)
            shape = (outputs, size) if transposed else (size, outputs)
            self.append("Gemm", self.numbers(*shape), self.numbers(outputs), transB=transposed, alpha=0.5)
        self.shape, self.non_negative = (outputs,), False

    def grow(self):
        for _ in range(self.integer(2, 7)):
            steps = [self.normalization, self.activation, self.arithmetic, self.nothing]
            if len(self.shape) > 1 and min(self.shape[1:]) > 1:
                steps += [self.conv, self.conv, self.pool, self.pool]
            self.pick(steps)()
        self.dense()
        if self.integer(0, 1):
            self.activation()
            self.dense()
        self.ends_with = self.pick(["Softmax", "LogSoftmax", None])
        if self.ends_with:
            self.append(self.ends_with, axis=1)
        return self

    def model(self):
        graph = helper.make_graph(
            self.nodes, "chain", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", *self.input_shape])],
            [helper.make_tensor_value_info(self.value, TensorProto.FLOAT, ["N", *self.shape])], self.constants)
        return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", self.operator_set)])

    def samples(self, count):
        return self.random.normal(0, 1, (count, *self.input_shape)).astype(numpy.float32)
