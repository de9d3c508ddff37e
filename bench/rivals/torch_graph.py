"""Runs the networks that `fsdnet export` writes in PyTorch, from their nodes and numbers: needs PyTorch and NumPy alone."""
import contextlib
import io
import json
import warnings

import numpy

# Debian's PyTorch was built for an older NumPy, about which NumPy complains at length; arrays pass by DLPack instead.
warnings.filterwarnings("ignore", message="Failed to initialize NumPy")
with contextlib.redirect_stderr(io.StringIO()):
    import torch
    torch.set_num_threads(1)

from contender import Missing  # noqa: E402


def settings(threads):
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)


def tensor(array):
    return torch.from_dlpack(numpy.ascontiguousarray(array))  # needs no agreement of NumPy's versions


def attribute_of(name):
    return name.replace(".", "_")


class Graph(torch.nn.Module):
    """Takes networks of one group per site."""

    def __init__(self, nodes, constants):
        """As onnx_parts.parts_of() gives them."""
        super().__init__()
        self.nodes = nodes
        # Shapes and axes as plain numbers, weights as buffers: what the compiler takes for constants.
        self.numbers = {name: array.tolist() for name, array in constants.items() if array.dtype != numpy.float32}
        self.weights = [name for name in constants if name not in self.numbers]
        for name in self.weights:
            self.register_buffer(attribute_of(name), tensor(constants[name].copy()))

    def weight(self, name):
        return getattr(self, attribute_of(name))

    def forward(self, image):
        values = {"image": image, **{name: self.weight(name) for name in self.weights}}
        for op, inputs, output, attributes in self.nodes:
            values[output] = self.apply_node(op, [values.get(name) for name in inputs], inputs, output, attributes)
        return values["log_posterior"]

    def apply_node(self, op, operands, names, output, attributes):
        """`output` is the name of the result."""
        functional = torch.nn.functional
        first = operands[0]
        if op == "Reshape":
            shape = [first.shape[axis] if extent == 0 else extent
                     for axis, extent in enumerate(self.numbers[names[1]])]
            return first.reshape(shape)
        if op == "Transpose":
            return first.permute(attributes["perm"])
        if op == "Cast":
            return first.to(torch.float32)
        if op == "Conv":
            pads = attributes.get("pads", [0, 0, 0, 0])
            return functional.conv2d(first, operands[1], operands[2], attributes.get("strides", [1, 1]), pads[:2])
        if op in ("AveragePool", "MaxPool"):
            pool = functional.avg_pool2d if op == "AveragePool" else functional.max_pool2d
            ceil = any(attributes["pads"])  # windows that hang over the border
            return pool(first, attributes["kernel_shape"], attributes["strides"], ceil_mode=ceil)
        if op == "Mul":
            return first * operands[1]
        if op == "Add":
            return first + operands[1]
        if op == "Relu":
            return torch.relu(first)
        if op == "Softmax":
            return torch.softmax(first, attributes["axis"])
        if op == "LogSoftmax":
            return torch.log_softmax(first, attributes["axis"])
        if op == "ReduceSum":
            return first.sum(self.numbers[names[1]], keepdim=True)
        if op == "Div":
            return first / operands[1]
        if op == "Flatten":
            return first.flatten(1)
        if op == "Gemm":
            return functional.linear(first, operands[1], operands[2])
        raise Missing(f"the operator {op} is not translated into PyTorch here")


def load(file):
    """The graph that onnx_parts.save() wrote."""
    with numpy.load(file) as arrays:
        constants = {name: arrays[name] for name in arrays.files}
    return Graph(json.loads(constants.pop("nodes").item()), constants)
