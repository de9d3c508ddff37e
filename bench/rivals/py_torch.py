"""PyTorch: the network from its ONNX file's numbers, operator by operator; and oneDNN, through PyTorch."""
import re

import numpy
import onnx_parts
import torch_graph
from contender import Contender, Missing
from torch_graph import settings, tensor, torch


class Graph(torch_graph.Graph):
    """Of an ONNX file."""

    def __init__(self, file):
        super().__init__(*onnx_parts.parts_of(file))


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

    def kernels(self):
        found = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
        return found[1] if found else "not told"

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
