"""OpenVINO."""
import io

import openvino

from contender import Contender
from graph_runner import GraphRunner


class OpenVino(GraphRunner):
    name = "OpenVINO"
    version = openvino.__version__.split("-")[0]

    def __init__(self, threads):
        self.core = openvino.Core()
        self.settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
                         "INFERENCE_PRECISION_HINT": "f32", "ENABLE_CPU_PINNING": False}

    def kernels(self):
        return ", ".join(self.core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))

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
