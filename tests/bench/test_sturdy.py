#!/usr/bin/env python3
"""bench/sturdy.py: the corruptions, MNIST's files, tables and picture."""
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bench"))
import numpy  # noqa: E402: the path comes first

import corruptions  # noqa: E402
import mnist_files  # noqa: E402
import sturdy_report  # noqa: E402


def digits(count=40):
    """Bright bars on black: not alike under any move."""
    images = numpy.zeros((count, 28, 28), numpy.uint8)
    images[:, 6:22, 10:14] = 250
    images[:, 6:9, 10:20] = 200
    return images


class Corruptions(unittest.TestCase):
    def test_a_seed_gives_the_same_bytes_and_another_one_others(self):
        images = digits()
        first, again, other = (list(corruptions.corrupted(images, seed)) for seed in (1, 1, 2))
        self.assertEqual(len(first), 5 * len(corruptions.KINDS))
        for (kind, strength, one), (_, _, two) in zip(first, again):
            self.assertEqual((one.dtype, one.shape), (numpy.uint8, images.shape), (kind.name, strength))
            self.assertTrue(numpy.array_equal(one, two), (kind.name, strength))
        self.assertFalse(numpy.array_equal(first[0][2], other[0][2]))

    def test_each_strength_changes_more_than_the_one_before(self):
        images = digits()
        change = {}
        for kind, strength, copies in corruptions.corrupted(images, 1):
            change.setdefault(kind.name, [0.0]).append(float(numpy.abs(copies.astype(float) - images).mean()))
        change["shift"].pop()  # a bar that has moved off itself
        for name, changes in change.items():
            self.assertEqual(changes, sorted(set(changes)), name)

    def test_what_moves_moves_as_it_says(self):
        image = numpy.zeros((2, 28, 28), numpy.uint8)
        image[:, 14, 20] = 240
        quarter = corruptions.rotated(image, 90, None)
        # The center is between pixels: (14, 20) is 0.5 below and 6.5 right of it, and comes 6.5 above or below.
        self.assertEqual([numpy.argwhere(copy).tolist() for copy in quarter], [[[7, 14]], [[20, 13]]])
        moved = corruptions.shifted(image, 3, numpy.random.default_rng(1))
        for copy in moved:
            (y, x), = numpy.argwhere(copy)
            self.assertEqual((abs(y - 14), abs(x - 20)), (3, 3))
        self.assertEqual(corruptions.blurred(image)[0].sum(), 9 * round(240 / 9))
        self.assertTrue(numpy.array_equal(corruptions.inverted(image, 1, None), 255 - image))

    def test_files_are_read_as_they_were_written(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder) / "data"
            mnist_files.write_images(place, "t10k", digits(3), numpy.array([1, 0, 2]))
            images, labels = mnist_files.read_images(place, "t10k")
            self.assertTrue(numpy.array_equal(images, digits(3)))
            self.assertEqual(labels.tolist(), [1, 0, 2])


class Report(unittest.TestCase):
    def rows(self):
        def row(kind, strength, accuracy):
            return {"kind": kind, "strength": strength,
                    "networks": {"a": {"accuracy": accuracy, "nll": 1 - accuracy, "ece": 0.01},
                                 "b": {"accuracy": accuracy / 2, "nll": 2.0, "ece": 0.02}}}
        return [row("clean", None, 1.0), *(row(kind.name, strength, 0.9 - 0.1 * step) for kind in corruptions.KINDS
                                           for step, strength in enumerate(kind.strengths))]

    def test_means_are_those_of_five_strengths(self):
        lines = dict(sturdy_report.lines_of(self.rows(), "accuracy"))
        self.assertEqual(lines["clean"], {"a": 1.0, "b": 0.5})
        self.assertAlmostEqual(lines["noise 40"]["a"], 0.8)
        self.assertAlmostEqual(lines["contrast, mean of five"]["b"], 0.35)
        self.assertAlmostEqual(lines["**mean of all corruptions**"]["a"], 0.7)

    def test_page_and_picture_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            sturdy_report.write_report(pathlib.Path(folder) / "sturdiness", self.rows(), 10000, 1)
            page = (pathlib.Path(folder) / "sturdiness.md").read_text()
            self.assertIn("| noise 40 | 80.00 | 40.00 |", page)
            self.assertIn("when 10,000 test images of MNIST", page)
            picture = xml.etree.ElementTree.parse(pathlib.Path(folder) / "sturdiness.svg")
            lines = picture.findall(".//{http://www.w3.org/2000/svg}polyline")
            self.assertEqual(len(lines), 2 * len(corruptions.KINDS))


if __name__ == "__main__":
    unittest.main()
