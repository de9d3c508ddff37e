"""What runs ONNX graphs: networks from their files, single operators from graphs made here."""
import numpy
import onnx
from onnx import TensorProto, helper


class GraphRunner:
    """A subclass has contender(model, inputs, layout): `model` is a path or bytes; arrays are bound once."""

    def network(self, file, images):
        return self.contender(str(file), {"image": images})

    def log_softmax(self, logits):
        return self.contender(log_softmax_graph(logits), {"logits": logits})

    def conv_log_softmax(self, maps, filters, bias):
        return self.contender(conv_log_softmax_graph(maps, filters, bias), {"maps": maps},
                              lambda result: result.transpose(0, 2, 3, 1))

    def conv_relu(self, maps, filters, bias):
        return self.contender(conv_relu_graph(maps, filters, bias), {"maps": maps},
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
    return conv_graph(helper.make_node("LogSoftmax", ["sums"], ["result"], axis=1), maps, filters, bias)


def conv_relu_graph(maps, filters, bias):
    return conv_graph(helper.make_node("Relu", ["sums"], ["result"]), maps, filters, bias)


def conv_graph(behind, maps, filters, bias):
    """The node `behind` reads what the convolution gives: sums."""
    nodes = [helper.make_node("Conv", ["maps", "filters", "bias"], ["sums"], pads=[1, 1, 1, 1]), behind]
    return graph(nodes, {"maps": maps}, 4, (("filters", filters), ("bias", bias)))


def linear_graph(matrix, weights, bias):
    nodes = [helper.make_node("Gemm", ["matrix", "weights", "bias"], ["result"])]
    return graph(nodes, {"matrix": matrix}, 2, (("weights", weights), ("bias", bias)))
