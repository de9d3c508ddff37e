"""Every node test of the `onnx` package that the importer has a room for passes, or stands with its reason in
docs/onnx-node-tests.md."""
import unittest

import node_tests


class NodeTests(unittest.TestCase):
    maxDiff = None

    def test_the_page_is_what_happens(self):
        found, written = node_tests.page().splitlines(), node_tests.PAGE.read_text().splitlines()
        self.assertEqual(written, found, "tests/onnx/node_tests.py writes the page anew")

    def test_the_page_has_every_operator_with_a_room(self):
        rooms = {line.split("(")[1].split()[0] for line in
                 (node_tests.PAGE.parents[1] / "toolkit/onnx/import/operators/CMakeLists.txt").read_text().splitlines()
                 if line.startswith("add_onnx_operator(")}
        self.assertEqual(rooms, node_tests.OPERATORS)


if __name__ == "__main__":
    unittest.main(verbosity=1)
