"""ONNX Runtime as an independent oracle: what `fsdnet export` writes gives the posterior that fsdnet itself gives."""
import gzip
import os
import pathlib
import tempfile
import unittest

import numpy

from exported import COMMITTED, LIBRARY, exported
from c_interface import Network  # by the path that `exported` adds
from random_model import random_model

RANDOM_NETWORKS = 150
TOLERANCE = 1e-5  # of a probability; float32 evidence of tens of nats is off by some 1e-6 on either side

EVERY_OP = {
    "kld_conv", "kld_linear", "normalize", "hard_normalize", "relu", "sigmoid", "log_normalize", "log_hard_normalize",
    "marginal_pool", "max_pool", "renormalized_max_pool", "log_marginal_pool",
}


def mnist_images():
    file = pathlib.Path(os.environ.get("FSDNET_DATA", "")) / "mnist" / "t10k-images-idx3-ubyte.gz"
    if not file.is_file():
        return None
    with gzip.open(file) as stream:
        return numpy.frombuffer(stream.read(), numpy.uint8, offset=16).reshape(-1, 28, 28, 1)


class Posterior(unittest.TestCase):
    def require_same(self, expected, found):
        self.assertEqual(expected.shape, found.shape)
        self.assertEqual(found.dtype, numpy.float32)
        worst = numpy.abs(numpy.exp(expected.astype(float)) - numpy.exp(found.astype(float))).max()
        self.assertLessEqual(worst, TOLERANCE)  # false for NaN, too

    def compare(self, model, images):
        with tempfile.TemporaryDirectory() as folder:
            session = exported(model, folder)
        network = Network(LIBRARY, model)
        for part in (images, images[:1]):  # the number of samples is free
            found, = session.run(["log_posterior"], {"image": part})
            try:
                expected = network.run(part)
            except RuntimeError as refusal:
                self.assertIn("is not a distribution", str(refusal))
                self.assertTrue(numpy.isnan(found).any(), f"fsdnet refuses what ONNX Runtime computes: {refusal}")
                continue
            self.require_same(expected, found)

    def test_random_networks(self):
        seen = set()
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(RANDOM_NETWORKS):
                draft = random_model(seed)
                seen.update(layer["op"] for layer in draft.layers)
                with self.subTest(seed=seed, input=draft.input, layers=draft.layers):
                    draft.save(pathlib.Path(folder) / "model.safetensors")
                    self.compare(pathlib.Path(folder) / "model.safetensors", draft.images(5))
        self.assertEqual(seen, EVERY_OP, "the random networks miss an op")

    def test_committed_network(self):
        images = mnist_images()
        if images is None:
            self.skipTest("no MNIST images in FSDNET_DATA")
        network = Network(LIBRARY, COMMITTED)
        with tempfile.TemporaryDirectory() as folder:
            found, = exported(COMMITTED, folder).run(None, {"image": images[:2000]})
        expected = network.run(images[:2000])
        self.require_same(expected, found)
        self.assertTrue((expected.argmax(1) == found.argmax(1)).all())

    def test_file_has_standard_operators_only(self):
        with tempfile.TemporaryDirectory() as folder:
            meta = exported(COMMITTED, folder).get_modelmeta()
            self.assertEqual(meta.producer_name, "fsdnet")
            self.assertNotIn(b"com.microsoft", (pathlib.Path(folder) / "model.onnx").read_bytes())

    def test_a_wrong_posterior_would_be_noticed(self):
        """The comparison itself: a network is told from the same one with other numbers."""
        with tempfile.TemporaryDirectory() as folder:
            first, second = random_model(0), random_model(0)
            name = next(iter(second.tensors))
            second.tensors[name] = numpy.roll(second.tensors[name], 1, axis=-1)
            first.save(pathlib.Path(folder) / "first.safetensors")
            second.save(pathlib.Path(folder) / "second.safetensors")
            images = first.images(5)
            expected = Network(LIBRARY, pathlib.Path(folder) / "first.safetensors").run(images)
            found, = exported(pathlib.Path(folder) / "second.safetensors", folder).run(None, {"image": images})
            with self.assertRaises(AssertionError):
                self.require_same(expected, found)


if __name__ == "__main__":
    unittest.main(verbosity=1)
