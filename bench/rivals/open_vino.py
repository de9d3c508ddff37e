"""OpenVINO: networks from their ONNX files, single operators from the graphs of onnx_runtime.py."""
import io

import openvino

from contender import Contender
from onnx_runtime import conv_log_softmax_graph, linear_graph, log_softmax_graph


class OpenVino:
    name = "OpenVINO"
    version = openvino.__version__.split("-")[0]

    def __init__(self, threads):
        self.core = openvino.Core()
        self.settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
                         "INFERENCE_PRECISION_HINT": "f32", "ENABLE_CPU_PINNING": False}

    def contender(self, model, inputs, layout=lambda result: result):
        read = self.core.read_model(io.BytesIO(model) if isinstance(model, bytes) else model)
        read.reshape({name: list(array.shape) for name, array in inputs.items()})
        request = self.core.compile_model(read, "CPU", self.settings).create_infer_request()
        for name, array in inputs.items():
            request.set_tensor(name, openvino.Tensor(array, shared_memory=True))
        request.infer()
        target = request.get_output_tensor(0)

        def call():
            request.start_async()
            request.wait()

        return Contender(self.name, call, lambda: layout(target.data), keep=inputs)

    def network(self, file, images):
        return self.contender(str(file), {"image": images})

    def log_softmax(self, logits):
        return self.contender(log_softmax_graph(logits), {"logits": logits})

    def conv_log_softmax(self, maps, filters, bias):
        return self.contender(conv_log_softmax_graph(maps, filters, bias), {"maps": maps},
                              lambda result: result.transpose(0, 2, 3, 1))

    def linear(self, matrix, weights, bias):
        return self.contender(linear_graph(matrix, weights, bias), {"matrix": matrix})
