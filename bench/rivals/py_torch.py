"""PyTorch: the network from its ONNX file's numbers, operator by operator; and oneDNN, through PyTorch."""
import contextlib
import io
import warnings

import numpy
import onnx

# Debian's PyTorch was built for an older NumPy, about which NumPy complains at length; arrays pass by DLPack instead.
warnings.filterwarnings("ignore", message="Failed to initialize NumPy")
with contextlib.redirect_stderr(io.StringIO()):
    import torch
    torch.set_num_threads(1)

from contender import Contender, Missing  # noqa: E402


def settings(threads):
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)


def tensor(array):
    return torch.from_dlpack(numpy.ascontiguousarray(array))  # needs no agreement of NumPy's versions


def attribute_of(name):
    return name.replace(".", "_")


class Graph(torch.nn.Module):
    """Runs the nodes that `fsdnet export` writes for networks of one group per site."""

    def __init__(self, file):
        super().__init__()
        model = onnx.load(str(file)).graph
        self.nodes = [(node.op_type, list(node.input), node.output[0],
                       {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute})
                      for node in model.node]
        constants = {item.name: onnx.numpy_helper.to_array(item) for item in model.initializer}
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


class PyTorch:
    version = torch.__version__

    def __init__(self, threads, compiled=False):
        settings(threads)
        self.name = "PyTorch compiled" if compiled else "PyTorch eager"
        self.compiled = compiled
        if compiled and not hasattr(torch, "compile"):
            raise Missing(f"PyTorch {torch.__version__} has no torch.compile; 'make bench-rivals pytorch=pypi' takes "
                          "PyPI's")
        if compiled:
            # What PyTorch recommends for inference: weights are constants, packed when the graph is compiled.
            torch._inductor.config.freezing = True

    def contender(self, function, arguments, layout=lambda result: result, in_one=True):
        """`in_one`: the compiler must make one graph of it all."""
        operands = [tensor(array) for array in arguments]
        if self.compiled:
            torch._dynamo.reset()  # else the eighth network counts as a change of the first one, and stays eager
            function = torch.compile(function, fullgraph=in_one)
        results = [function(*operands)]

        def call():
            results[0] = function(*operands)

        return Contender(self.name, call, lambda: layout(numpy.from_dlpack(results[0])), keep=arguments)

    def network(self, file, images):
        return self.contender(Graph(file).eval(), [images])

    def network_int8(self, file, images, calibration):
        from torch_int8 import QuantizedGraph  # needs the classes of this module
        return self.contender(QuantizedGraph(file, calibration).eval(), [images], in_one=False)

    def log_softmax(self, logits):
        return self.contender(lambda rows: torch.log_softmax(rows, -1), [logits])

    def conv_log_softmax(self, maps, filters, bias):
        weights, offset = tensor(filters), tensor(bias)
        return self.contender(
            lambda map_: torch.log_softmax(torch.nn.functional.conv2d(map_, weights, offset, padding=1), 1), [maps],
            lambda result: result.transpose(0, 2, 3, 1))

    def conv_relu(self, maps, filters, bias):
        weights, offset = tensor(filters), tensor(bias)
        return self.contender(
            lambda map_: torch.relu_(torch.nn.functional.conv2d(map_, weights, offset, padding=1)), [maps],
            lambda result: result.transpose(0, 2, 3, 1))

    def linear(self, matrix, weights, bias):
        offset = tensor(bias)
        return self.contender(lambda left, right: torch.addmm(offset, left, right), [matrix, weights])


class OneDnn:
    name = "oneDNN"
    version = f"in PyTorch {torch.__version__}"

    def __init__(self, threads):
        settings(threads)
        if not torch.backends.mkldnn.is_available():
            raise Missing(f"PyTorch {torch.__version__} was built without oneDNN")

    def linear(self, matrix, weights, bias):
        """oneDNN's inner product on tensors of its own."""
        left = tensor(matrix).to_mkldnn()
        right = tensor(weights.T).to_mkldnn()
        offset = tensor(bias).to_mkldnn()
        results = [None]

        def call():
            results[0] = torch.nn.functional.linear(left, right, offset)

        call()
        return Contender(self.name, call, lambda: numpy.from_dlpack(results[0].to_dense()), keep=matrix)
