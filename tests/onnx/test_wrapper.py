"""apps/shared_library/fsdnet.py: what it hands to C is memory that C may read and write, or it raises."""
import copy
import pathlib
import pickle
import tempfile
import unittest

import numpy

from exported import COMMITTED, LIBRARY
from fsdnet import Network
from random_mixed import random_mixed

CLASSES = 10


class Wrapper(unittest.TestCase):
    def setUp(self):
        self.network = Network(LIBRARY, COMMITTED)
        self.images = numpy.random.default_rng(1).integers(0, 256, (3, 28, 28, 1)).astype(numpy.uint8)

    def test_result_goes_where_it_is_told(self):
        out = numpy.full((3, CLASSES), numpy.nan, numpy.float32)
        self.assertIs(self.network.run(self.images, out), out)
        self.assertTrue((out == self.network.run(self.images)).all())
        self.assertTrue(numpy.allclose(numpy.exp(out).sum(1), 1, atol=1e-5))

    def test_out_that_c_cannot_write_is_refused_and_untouched(self):
        frozen = numpy.zeros((3, CLASSES), numpy.float32)
        frozen.flags.writeable = False
        misaligned = numpy.zeros(3 * CLASSES * 4 + 1, numpy.uint8)[1:].view(numpy.float32).reshape(3, CLASSES)
        for reason, out in {
            "float64": numpy.zeros((3, CLASSES)),
            "other byte order": numpy.zeros((3, CLASSES), numpy.dtype(numpy.float32).newbyteorder()),
            "Fortran order": numpy.zeros((3, CLASSES), numpy.float32, order="F"),
            "strided samples": numpy.zeros((6, CLASSES), numpy.float32)[::2],
            "strided classes": numpy.zeros((3, 2 * CLASSES), numpy.float32)[:, ::2],
            "reversed": numpy.zeros((3, CLASSES), numpy.float32)[::-1],
            "misaligned": misaligned,
            "too few samples": numpy.zeros((2, CLASSES), numpy.float32),
            "too many samples": numpy.zeros((4, CLASSES), numpy.float32),
            "too few classes": numpy.zeros((3, CLASSES - 1), numpy.float32),
            "flat": numpy.zeros(3 * CLASSES, numpy.float32),
            "read-only": frozen,
            "no array": [[0.0] * CLASSES] * 3,
            "broadcast": numpy.broadcast_to(numpy.float32(0), (3, CLASSES)),
        }.items():
            with self.subTest(reason):
                self.assertRaisesRegex(ValueError, "out must be", self.network.run, self.images, out)
                self.assertFalse(numpy.any(out))

    def test_inputs_that_c_cannot_read_are_refused(self):
        for reason, images in {
            "int64": self.images.astype(numpy.int64),
            "int8": self.images.view(numpy.int8),
            "float64": self.images / 255,
            "strided": numpy.repeat(self.images, 2, 2)[:, :, ::2],
            "transposed": self.images.transpose(0, 2, 1, 3),
            "other size": numpy.zeros((3, 28, 27, 1), numpy.uint8),
            "no colors": self.images[..., 0],
            "a number": numpy.uint8(0),
            "no axes": numpy.zeros((), numpy.uint8),
            "no array": self.images.tolist(),
        }.items():
            with self.subTest(reason):
                self.assertRaisesRegex(ValueError, "inputs must be", self.network.run, images)

    def test_out_in_the_memory_of_the_inputs_is_refused(self):
        memory = numpy.zeros((3, 28, 28, 1), numpy.float32)
        out = memory.reshape(-1)[:3 * CLASSES].reshape(3, CLASSES)
        self.assertRaisesRegex(ValueError, "memory of the inputs", self.network.run, memory, out)

    def test_no_samples(self):
        self.assertEqual(self.network.run(self.images[:0]).shape, (0, CLASSES))

    def test_floats_are_probabilities_of_state_1(self):
        bytes_found, floats_found = self.network.run(self.images), self.network.run((self.images / 255).astype(numpy.float32))
        self.assertLess(numpy.abs(numpy.exp(bytes_found) - numpy.exp(floats_found)).max(), 1e-5)
        with self.assertRaises(RuntimeError):
            self.network.run(numpy.full((1, 28, 28, 1), 1.5, numpy.float32))

    def test_a_vector_is_a_row_or_a_map_of_one_pixel(self):
        draft = next(draft for draft in map(random_mixed, range(50)) if draft.input["kind"] == "vector")
        with tempfile.TemporaryDirectory() as folder:
            draft.save(pathlib.Path(folder) / "model.safetensors")
            network = Network(LIBRARY, pathlib.Path(folder) / "model.safetensors")
        rows = draft.samples
        self.assertEqual(network.run(rows).shape, (len(rows), network.result_size))
        self.assertTrue((network.run(rows) == network.run(rows[:, None, None])).all())
        with self.assertRaises((RuntimeError, ValueError)):
            network.run(rows.astype(numpy.uint8))

    def test_a_network_is_not_copied(self):
        for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
            with self.subTest(duplicate.__name__):
                self.assertRaisesRegex(TypeError, "load the model once more", duplicate, self.network)
        self.network.run(self.images)  # still alive


if __name__ == "__main__":
    unittest.main(verbosity=1)
