"""The node tests that come with the `onnx` package, as an oracle of `fsdnet import`: what each operator must give was
computed by nobody here. `node_tests.py` writes docs/onnx-node-tests.md; test_node_tests.py compares the page."""
import collections
import pathlib
import tempfile

import numpy
import onnx
import onnx.numpy_helper
from onnx import TensorProto, helper

from exported import FILES, LIBRARY
from c_interface import Network  # by the path that `exported` adds

DATA = pathlib.Path(onnx.__file__).parent / "backend" / "test" / "data"
PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "onnx-node-tests.md"
OPERATORS = {
    "Add", "AveragePool", "BatchNormalization", "Cast", "Concat", "Constant", "ConstantOfShape", "Conv", "Div", "Dropout",
    "Erf", "Flatten", "Gather", "Gemm", "GlobalAveragePool", "GlobalMaxPool", "Identity", "LogSoftmax", "MatMul", "MaxPool",
    "Mul", "Relu", "Reshape", "Shape", "Sigmoid", "Softmax", "Squeeze", "Sub", "Transpose", "Unsqueeze",
}
RELATIVE, ABSOLUTE = 1e-5, 1e-6  # stricter than ONNX's own runner, which allows 1e-3 and 1e-7
# Tests whose expected numbers were written with four places.
OF_FOUR_PLACES, A_PLACE = {"test_averagepool_2d_ceil_last_window_starts_on_pad"}, 1e-4
MOST_NUMBERS = 4096  # of an output that is compared; larger ones belong to operators of three axes, which are refused
COLUMNS = 512
CONSTANTS = {"Constant", "ConstantOfShape", "Shape"}  # operators whose output no activation follows from


def tensor(path):
    """The array of a .pb file; None for what is no tensor."""
    message = onnx.TensorProto()
    try:
        message.ParseFromString(path.read_bytes())
        return onnx.numpy_helper.to_array(message)
    except Exception:  # sequences and optionals are other messages
        return None


def node_tests():
    """(name, model, inputs, outputs) of each test with one node whose operator the importer knows."""
    for folder in sorted((DATA / "node").iterdir()):
        model = onnx.load(folder / "model.onnx")
        if len(model.graph.node) == 1 and model.graph.node[0].op_type in OPERATORS:
            sets = folder / "test_data_set_0"
            arrays = [[tensor(sets / f"{kind}_{i}.pb") for i in range(len(values))]
                      for kind, values in (("input", model.graph.input), ("output", model.graph.output))]
            yield folder.name, model, *arrays


def adapted(model, inputs, outputs):
    """The test as a chain: inputs but the first become constants, and the first output is laid out in one axis and
    multiplied by comparison(), since a network ends with one site."""
    graph = model.graph
    for value, array in list(zip(graph.input, inputs))[1:]:
        if array is not None:
            graph.initializer.append(onnx.numpy_helper.from_array(array, value.name))
            graph.input.remove(value)
    expected = outputs[0]
    if expected is None or not expected.shape or graph.node[0].op_type in CONSTANTS:
        return model
    size = int(numpy.prod(expected.shape[1:], dtype=int))
    if size > MOST_NUMBERS or size == 0:
        return model
    result = graph.output[0].name
    if expected.dtype != numpy.float32:
        graph.node.append(helper.make_node("Cast", [result], ["as_float"], to=TensorProto.FLOAT))
        result = "as_float"
    matrix = comparison(size)
    graph.initializer.append(onnx.numpy_helper.from_array(matrix, "comparison"))
    graph.node.append(helper.make_node("Flatten", [result], ["in_one_axis"]))
    graph.node.append(helper.make_node("Gemm", ["in_one_axis", "comparison"], ["compared"]))
    del graph.output[1:]
    shape = [expected.shape[0], matrix.shape[1]]
    graph.output[0].CopyFrom(helper.make_tensor_value_info("compared", TensorProto.FLOAT, shape))
    return model


def of_constants(model, inputs, outputs):
    """The test with constants alone: what the node gives is added to an input. None where that makes no sense."""
    graph, expected = model.graph, outputs[0]
    if expected is None or expected.size == 0 or expected.size > MOST_NUMBERS or any(array is None for array in inputs):
        return None
    for value, array in zip(list(graph.input), inputs):
        graph.initializer.append(onnx.numpy_helper.from_array(array, value.name))
        graph.input.remove(value)
    size = expected.size
    graph.input.append(helper.make_tensor_value_info("added", TensorProto.FLOAT, [1, size]))
    graph.initializer.append(onnx.numpy_helper.from_array(numpy.array([1, size], numpy.int64), "row"))
    graph.initializer.append(onnx.numpy_helper.from_array(comparison(size), "comparison"))
    graph.node.append(helper.make_node("Reshape", [graph.output[0].name, "row"], ["in_one_axis"]))
    graph.node.append(helper.make_node("Cast", ["in_one_axis"], ["as_float"], to=TensorProto.FLOAT))
    graph.node.append(helper.make_node("Add", ["added", "as_float"], ["added_up"]))
    graph.node.append(helper.make_node("Gemm", ["added_up", "comparison"], ["compared"]))
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info("compared", TensorProto.FLOAT, [1, comparison(size).shape[1]]))
    return model


def comparison(size):
    """The identity; of more than COLUMNS numbers sums of up to eight, each number in one: small files are quick."""
    columns = min(size, COLUMNS)
    matrix = numpy.zeros((size, columns), numpy.float32)
    matrix[numpy.arange(size), numpy.arange(size) % columns] = 1
    return matrix


def as_input(network, array):
    """An array in ONNX's order of axes as fsdnet takes it."""
    if array.ndim < 3:
        return numpy.ascontiguousarray(array.reshape(len(array), -1))
    size = network.description["input"]
    moved = numpy.moveaxis(array, 1, -1)
    given = moved if size["colors"] == array.shape[1] else array
    return numpy.ascontiguousarray(given.reshape(len(array), size["height"], size["width"], size["colors"]))


def imported(model, folder):
    """The path of the imported model, or the reasons why it cannot be one."""
    source, target = pathlib.Path(folder) / "model.onnx", pathlib.Path(folder) / "model.safetensors"
    onnx.save(model, source)
    return imported_file(source, target)


def imported_file(source, target):
    reasons = FILES.imported(source, target)
    return (None, [reason.replace(str(source), "model.onnx") for reason in reasons]) if reasons else (target, None)


def compare(path, given, expected, absolute=ABSOLUTE):
    """Raises AssertionError unless the network gives the numbers."""
    network = Network(LIBRARY, path)
    expected = expected.astype(float) @ comparison(expected.shape[1])
    numpy.testing.assert_allclose(network.run(as_input(network, given)), expected, RELATIVE, absolute)


def outcome(name, model, inputs, outputs, folder):
    """"passes", or the reasons as one text. Raises AssertionError where the numbers are wrong."""
    path, reasons = imported(adapted(model, inputs, outputs), folder)
    if reasons:
        return "; ".join(reasons)
    compare(path, inputs[0], outputs[0].reshape(len(outputs[0]), -1), A_PLACE if name in OF_FOUR_PLACES else ABSOLUTE)
    return "passes"


def folded(model, inputs, outputs, folder):
    """The same where all inputs are constants; "" where the importer does not compute it."""
    model = of_constants(model, inputs, outputs)
    path, reasons = imported(model, folder) if model else (None, ["none"])
    if reasons:
        return ""
    compare(path, numpy.zeros((1, outputs[0].size), numpy.float32), outputs[0].reshape(1, -1))
    return "passes"


def all_outcomes():
    """(operator, operator set, test, outcome as a layer, outcome with constants alone) of all node tests."""
    with tempfile.TemporaryDirectory() as folder:
        for name, model, inputs, outputs in node_tests():
            operator, version = model.graph.node[0].op_type, model.opset_import[0].version
            copied = onnx.ModelProto()
            copied.CopyFrom(model)
            try:
                yield operator, version, name, outcome(name, model, inputs, outputs, folder), folded(copied, inputs, outputs, folder)
            except AssertionError as wrong:
                raise AssertionError(f"{name}: {wrong}") from wrong


def light_outcomes():
    """(model, nodes, outcome) of the networks without their numbers; VGG19's are 575 MB once they are made."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((DATA / "light").glob("*.onnx")):
            if path.name == "light_vgg19.onnx":
                continue
            _, reasons = imported_file(path, pathlib.Path(folder) / "model.safetensors")
            yield path.name, len(onnx.load(path).graph.node), reasons


def summary(reasons):
    counts = collections.Counter(reason.split()[0] for reason in reasons)
    return ", ".join(f"{count} {operator}" for operator, count in sorted(counts.items()))


def by_operator(rows):
    layers, constants = (collections.Counter(row[0] for row in rows if row[place] == "passes") for place in (3, 4))
    counts = collections.Counter(row[0] for row in rows)
    return "\n".join(["| operator | tests | pass as a layer | pass with constants alone |", "|---|---|---|---|",
                      *(f"| {operator} | {count} | {layers[operator]} | {constants[operator]} |"
                        for operator, count in sorted(counts.items()))])


def cell(text):
    return text.replace("|", "\\|")


def page():
    """The text of docs/onnx-node-tests.md."""
    rows = sorted(all_outcomes())
    passed, folds = (sum(row[place] == "passes" for row in rows) for place in (3, 4))
    either = sum("passes" in row[3:] for row in rows)
    light = list(light_outcomes())
    return "\n".join([
        "# ONNX's node tests and `fsdnet import`", "",
        f"Written by `tests/onnx/node_tests.py`, compared by `tests/onnx/test_node_tests.py`. The tests come with the package",
        f"`onnx` {onnx.__version__}: those of one node whose operator the importer has a room for. What they expect was",
        "computed by nobody here.", "",
        "A network is a chain from one input to one site, a node test is not. So inputs but the first become constants, and",
        f"behind the node stand `Flatten` and a `Gemm` with the identity matrix (beyond {COLUMNS} numbers, one that sums up to",
        f"eight), after which every number of the output is compared: to {RELATIVE:g} of it, or {ABSOLUTE:g} (or to the four places that",
        f"`{'`, `'.join(sorted(OF_FOUR_PLACES))}` gives). The first input goes in as it is, its axes in fsdnet's order.", "",
        "Nodes of constants alone are computed by the importer. So each test is also run with all its inputs as constants, its",
        "output added to an input of zeros.", "",
        f"**Of {len(rows)} tests {passed} pass as a layer and {folds} with constants alone, {either} in one way or both; the other",
        f"{len(rows) - either} are refused, with the reasons below.** None gives other numbers.", "",
        by_operator(rows), "",
        "| operator | operator set | test | as a layer | constants alone |", "|---|---|---|---|---|",
        *(f"| {operator} | {version} | `{name}` | {cell(text)} | {constants} |"
          for operator, version, name, text, constants in rows), "",
        "## The light models", "",
        "Networks of the same package whose weights are made by `ConstantOfShape`. `light_vgg19.onnx` is a chain and is imported",
        "(575 MB of equal numbers, so that no test runs it; by hand its posterior is the package's, 0.001 everywhere). The",
        "others are refused with every reason: they branch and join, or have operators that are no layers.", "",
        "| model | nodes | reasons | nodes with reasons |", "|---|---|---|---|",
        *(f"| `{name}` | {nodes} | {len(reasons)} | {summary(reasons)} |" for name, nodes, reasons in light), ""])


if __name__ == "__main__":
    PAGE.write_text(page())
