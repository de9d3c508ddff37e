"""Networks of all kinds of layers, mixed: fsdnet, ONNX Runtime on what `fsdnet export` writes, and float64."""
import pathlib
import tempfile
import unittest

import numpy

from exported import LIBRARY, exported
from c_interface import Network  # by the path that `exported` adds
from random_mixed import random_mixed

RANDOM_NETWORKS = 150
# Of the largest number in the sample's result, at least of 1: up to ten layers, each of which rounds sums of some
# hundred float32 products, are off by some 1e-6.
TOLERANCE = 1e-5
EVERY_KIND = {
    "kld_conv", "kld_linear", "conv", "linear", "locally_connected", "batch_norm", "normalize", "log_normalize",
    "softmax", "log_softmax", "hard_normalize", "log_hard_normalize", "relu", "sigmoid", "erf", "quadratic",
    "marginal_pool", "log_marginal_pool", "average_pool", "max_pool", "renormalized_max_pool",
}


def traits(draft):
    """What of a network must have been seen besides its kinds."""
    yield draft.input["kind"] + (" floats" if draft.takes_floats else " bytes")
    yield "classes" if draft.kind == "log_probability" else "numbers"
    groups = [layer.get("groups", 1) for layer in draft.layers if layer["op"] == "conv"]
    inputs = [draft.tensors[layer["name"] + ".weight"].shape[2] for layer in draft.layers if layer["op"] == "conv"]
    yield from ("depthwise" if size == 1 else "grouped" for count, size in zip(groups, inputs) if count > 1)


class Mixed(unittest.TestCase):
    def require_same(self, expected, found, who):
        self.assertEqual(expected.shape, found.shape)
        self.assertEqual(found.dtype, numpy.float32)
        scale = numpy.maximum(1, numpy.abs(expected).max(1, keepdims=True))
        worst = (numpy.abs(expected - found.astype(float)) / scale).max()
        self.assertLessEqual(worst, TOLERANCE, who)  # false for NaN, too

    def compare(self, draft, model, folder):
        session = exported(model, folder, *(["--floats"] if draft.takes_floats else []))
        result = "log_posterior" if draft.kind == "log_probability" else "result"
        name = "numbers" if draft.takes_floats else "image"
        expected, network = draft.expected(), Network(LIBRARY, model)
        for count in (len(draft.samples), 1):  # the number of samples is free
            part = numpy.ascontiguousarray(draft.samples[:count])
            self.require_same(expected[:count], network.run(part), "fsdnet")
            self.require_same(expected[:count], session.run([result], {name: part})[0], "ONNX Runtime")

    def test_random_networks(self):
        seen = set()
        with tempfile.TemporaryDirectory() as folder:
            model = pathlib.Path(folder) / "model.safetensors"
            for seed in range(RANDOM_NETWORKS):
                draft = random_mixed(seed)
                seen.update(layer["op"] for layer in draft.layers)
                seen.update(traits(draft))
                with self.subTest(seed=seed, input=draft.input, layers=draft.layers):
                    draft.save(model)
                    self.compare(draft, model, folder)
        inputs = {"bernoulli bytes", "bernoulli floats", "real bytes", "real floats", "vector floats"}
        self.assertEqual(seen, EVERY_KIND | inputs | {"classes", "numbers", "depthwise", "grouped"})

    def test_a_wrong_number_would_be_noticed(self):
        """The comparison itself: one weight of one network moved by a thousandth."""
        draft, other = random_mixed(3), random_mixed(3)
        name = next(name for name in other.tensors if name.endswith(("weight", "log_likelihood")))
        other.tensors[name] = other.tensors[name] * numpy.float32(1.001)
        with tempfile.TemporaryDirectory() as folder:
            other.save(pathlib.Path(folder) / "model.safetensors")
            with self.assertRaises(AssertionError):
                self.compare(draft, pathlib.Path(folder) / "model.safetensors", folder)


if __name__ == "__main__":
    unittest.main(verbosity=1)
