"""`fsdnet import`: chains as other programs write them compute what ONNX Runtime computes; what fsdnet exported comes back
bit for bit."""
import pathlib
import tempfile
import unittest

import numpy
import onnx
import onnxruntime

from exported import COMMITTED, FILES, LIBRARY
from c_interface import Network  # by the path that `exported` adds
from node_tests import as_input, imported
from random_mixed import random_mixed
from random_model import random_model
from random_onnx import Chain

CHAINS = 60
NETWORKS = 30  # of each kind
TOLERANCE = 2e-5  # of the largest number of a sample, at least of 1
OPERATORS = {"Conv", "MaxPool", "AveragePool", "BatchNormalization", "Add", "Sub", "Mul", "Div", "Relu", "Sigmoid", "Erf",
             "Identity", "Dropout", "Flatten", "Reshape", "MatMul", "Gemm", "Softmax", "LogSoftmax"}


def computed_by_runtime(model, samples):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": samples})[0]


class Import(unittest.TestCase):
    def test_random_chains(self):
        seen, sets = set(), set()
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(CHAINS):
                chain = Chain(seed).grow()
                model = chain.model()
                with self.subTest(seed=seed, operator_set=chain.operator_set, input=chain.input_shape,
                                  nodes=[node.op_type for node in chain.nodes]):
                    onnx.checker.check_model(model)
                    path, reasons = imported(model, folder)
                    self.assertIsNone(reasons)
                    samples, network = chain.samples(3), Network(LIBRARY, path)
                    expected, found = computed_by_runtime(model, samples), network.run(as_input(network, samples))
                    found = numpy.exp(found) if chain.ends_with == "Softmax" else found
                    largest = numpy.maximum(1, numpy.abs(expected).max(1, keepdims=True))
                    self.assertLess((numpy.abs(found - expected) / largest).max(), TOLERANCE)
                    self.assertEqual(bool(network.description["classes"]), chain.ends_with is not None)
                    seen |= chain.seen
                    sets.add(chain.operator_set)
        self.assertEqual(seen, OPERATORS)
        self.assertGreater(len(sets), 10)

    def require_same_bytes(self, folder, source, *options):
        FILES.export(source, folder / "first.onnx", *options)
        self.assertIsNone(FILES.imported(folder / "first.onnx", folder / "again.safetensors"))
        FILES.export(folder / "again.safetensors", folder / "again.onnx", *options)
        self.assertTrue((folder / "first.onnx").read_bytes() == (folder / "again.onnx").read_bytes())

    def test_export_import_export_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            self.require_same_bytes(folder, COMMITTED)
            for draw in (random_model, random_mixed):
                for seed in range(NETWORKS):
                    with self.subTest(draw=draw.__name__, seed=seed):
                        draw(seed).save(folder / "model.safetensors")
                        self.require_same_bytes(folder, folder / "model.safetensors", *["--floats"][:seed % 2])

    def test_a_wrong_number_would_be_noticed(self):
        chain = Chain(1).grow()
        with tempfile.TemporaryDirectory() as folder:
            path, _ = imported(chain.model(), folder)
            samples, network = chain.samples(3), Network(LIBRARY, path)
            found = network.run(as_input(network, samples * numpy.float32(1.01)))
            self.assertGreater(numpy.abs(found - network.run(as_input(network, samples))).max(), TOLERANCE)


if __name__ == "__main__":
    unittest.main(verbosity=1)
