#!/usr/bin/env python3
"""bench/depth.py: the networks that it trains are as deep as they say, and its page keeps what stands around the tables."""
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bench"))
import depth  # noqa: E402: the path comes first
import depth_report  # noqa: E402

LAYERS = [{"entropy": 0.25, "information": 1.5}, {"entropy": 0.75, "information": 0.5}]
FOUND = {"2": {"parameters": 1234, "loss": [2.0, 1.0], "held_out_loss": [2.5, 1.25], "begin": LAYERS[::-1], "end": LAYERS}}


class Depth(unittest.TestCase):
    def test_networks_have_as_many_kld_layers_as_they_are_called_by(self):
        for _, _, networks in depth.STUDIES.values():
            for layers, description in networks.items():
                self.assertEqual(sum(layer["op"].startswith("kld") for layer in description["layers"]), layers)

    def test_a_line_has_the_losses_and_both_ends_of_the_training(self):
        line = depth_report.table_of(FOUND).splitlines()[-1]
        self.assertEqual(line, "| 2 | 1,234 | 2.000, 1.000 | 1.250 | 0.75, 0.25 | 0.25, 0.75 | 0.50, 1.50 | 1.50, 0.50 |")

    def test_the_page_keeps_what_stands_around_the_tables(self):
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder) / "report"
            report.with_suffix(".md").write_text(f"before\n\n{depth_report.BEGIN}\nold\n{depth_report.END}\n\nbehind\n")
            for _ in range(2):
                depth_report.write_report(report, {"data": FOUND}, {"data": "--epochs 2"})
            text = report.with_suffix(".md").read_text()
            self.assertTrue(text.startswith("before\n\n") and text.endswith("\n\nbehind\n"))
            self.assertNotIn("old", text)
            self.assertEqual(text.count("| 2 | 1,234 |"), 1)
            lines = xml.etree.ElementTree.parse(report.with_suffix(".svg")).iter("{http://www.w3.org/2000/svg}polyline")
            self.assertEqual(len(list(lines)), 2)


if __name__ == "__main__":
    unittest.main()
