"""ONNX Runtime: networks from their ONNX files, single operators from graphs made here."""
import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper

from contender import Contender


class OnnxRuntime:
    name = "ONNX Runtime"
    version = onnxruntime.__version__

    def __init__(self, threads):
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.inter_op_num_threads = 1
        self.options.log_severity_level = 3
        # Threads may spin while a call runs, not while it is somebody else's turn.
        self.options.add_session_config_entry("session.force_spinning_stop", "1")

    def contender(self, model, inputs, layout=lambda result: result):
        """`model`: a path or bytes. Arrays are bound once; a call neither converts nor copies."""
        session = onnxruntime.InferenceSession(model, self.options, providers=["CPUExecutionProvider"])
        binding = session.io_binding()
        for name, array in inputs.items():
            binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(array))
        output = session.get_outputs()[0].name
        first, = session.run([output], inputs)
        target = onnxruntime.OrtValue.ortvalue_from_numpy(first)
        binding.bind_ortvalue_output(output, target)
        run = session.run_with_iobinding
        return Contender(self.name, lambda: run(binding), lambda: layout(target.numpy()), keep=(session, inputs))

    def network(self, file, images):
        return self.contender(str(file), {"image": images})

    def log_softmax(self, logits):
        return self.contender(log_softmax_graph(logits), {"logits": logits})

    def conv_log_softmax(self, maps, filters, bias):
        return self.contender(conv_log_softmax_graph(maps, filters, bias), {"maps": maps},
                              lambda result: result.transpose(0, 2, 3, 1))

    def linear(self, matrix, weights, bias):
        return self.contender(linear_graph(matrix, weights, bias), {"matrix": matrix})


def graph(nodes, inputs, output_axes, constants=()):
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape) for name, array in inputs.items()]
    result = helper.make_tensor_value_info("result", TensorProto.FLOAT, [None] * output_axes)
    weights = [onnx.numpy_helper.from_array(numpy.ascontiguousarray(array), name) for name, array in constants]
    model = helper.make_model(helper.make_graph(nodes, "op", values, [result], weights), ir_version=8,
                              opset_imports=[helper.make_opsetid("", 17)])
    return model.SerializeToString()


def log_softmax_graph(logits):
    return graph([helper.make_node("LogSoftmax", ["logits"], ["result"], axis=-1)], {"logits": logits}, logits.ndim)


def conv_log_softmax_graph(maps, filters, bias):
    nodes = [helper.make_node("Conv", ["maps", "filters", "bias"], ["evidence"], pads=[1, 1, 1, 1]),
             helper.make_node("LogSoftmax", ["evidence"], ["result"], axis=1)]
    return graph(nodes, {"maps": maps}, 4, (("filters", filters), ("bias", bias)))


def linear_graph(matrix, weights, bias):
    nodes = [helper.make_node("Gemm", ["matrix", "weights", "bias"], ["result"])]
    return graph(nodes, {"matrix": matrix}, 2, (("weights", weights), ("bias", bias)))
