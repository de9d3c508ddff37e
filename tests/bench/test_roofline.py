#!/usr/bin/env python3
"""bench/roofline.py: where points and labels lie, and what it says about files that it cannot draw."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

root = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(root / "bench"))
import roofline  # noqa: E402: the path comes first

context = {"fma_peak": "200.0 GFLOP/s", "copy_in_L2": "160.0 GB/s", "copy_out_of_cache": "40.0 GB/s", "kernel_threads": "1",
           "processor": "a machine", "instruction_set": "avx2",
           "caches": [{"type": "Unified", "level": 2, "size": 1 << 20}, {"type": "Unified", "level": 3, "size": 1 << 25}]}


def row(name, rate, intensity, share, nanoseconds=1000.0):
    return {"name": name, "run_name": name, "run_type": "iteration", "cpu_time": nanoseconds, "time_unit": "ns",
            "GFLOP/s": rate, "GB/s": rate / intensity, "of_fma_peak": share}


class Roofline(unittest.TestCase):
    def draw(self, *documents, only=""):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / f"{index}.json" for index in range(len(documents))]
            for path, document in zip(paths, documents):
                path.write_text(document if isinstance(document, str) else json.dumps(document))
            out = pathlib.Path(folder) / "out.svg"
            run = subprocess.run([sys.executable, root / "bench/roofline.py", *paths, "--out", out, "--only", only],
                                 capture_output=True, text=True, check=False)
            return run, out.read_text() if out.is_file() else ""

    def test_the_best_repetition_counts_and_keeps_its_share(self):
        rows = [row("relu/cpu/element=1", 50.0, 2.0, 0.25), row("relu/cpu/element=1", 80.0, 2.0, 0.4)]
        point, = roofline.points("file", context, rows, "")
        self.assertEqual((point.intensity, point.share), (2.0, 0.4))

    def test_axes_are_logarithmic(self):
        axes = roofline.Axes(roofline.Roofs(200.0, 160.0, 40.0), [])
        self.assertAlmostEqual(axes.x(10) - axes.x(1), axes.x(100) - axes.x(10))
        self.assertAlmostEqual(axes.y(10) - axes.y(100), axes.y(20) - axes.y(200))

    def test_roofs_meet_at_the_peak(self):
        roof = roofline.Roofs(200.0, 160.0, 40.0)
        near, far, peak = roofline.roof_segments(roofline.Axes(roof, []), roof)
        self.assertEqual((near[2:], far[2:], peak[:2]), ((1.25, 200.0), (5.0, 200.0), (1.25, 200.0)))

    def test_no_label_overlaps_another_or_a_point(self):
        roof = roofline.Roofs(200.0, 160.0, 40.0)
        crowd = [roofline.Point(f"kld_conv/{i}", f"a label of some length, {i}", 90.0 + i % 3, 0.8 + 0.01 * i) for i in range(20)]
        axes = roofline.Axes(roof, crowd)
        placed = roofline.place_labels(axes, roof, crowd)
        self.assertEqual(len(placed), len(crowd))
        boxes = [box for _, _, _, box, _ in placed]
        for index, box in enumerate(boxes):
            self.assertFalse(any(roofline.overlap(box, other) for other in boxes[:index]))
            self.assertFalse(any(box.left < x < box.right and box.top < y < box.bottom for _, x, y, _, _ in placed))
            self.assertTrue(box.left >= roofline.left and box.right <= roofline.width and box.top >= 0)

    def test_labels_say_where_rows_live(self):
        rows = [row("log_normalize/cpu/site=9,group=1,state=2", 10.0, 0.625, 0.1, 1e3),
                row("log_normalize/cpu/site=99,group=1,state=2", 10.0, 0.625, 0.1, 1e7)]
        self.assertEqual([point.label for point in roofline.points("file", context, rows, "")],
                         ["log_normalize S=2, in L2", "log_normalize S=2, out of cache"])

    def test_picture_is_xml_with_a_circle_per_benchmark(self):
        rows = [row("kld_linear/cpu/sample=8,input=9,output=7", 150.0, 100.0, 0.75), row("network/mnist/batch:1", 90.0, 30.0, 0.4)]
        run, drawing = self.draw({"context": context, "benchmarks": rows[:1]}, {"context": context, "benchmarks": rows[1:]})
        self.assertEqual(run.returncode, 0, run.stderr)
        circles = [tag for tag in xml.etree.ElementTree.fromstring(drawing).iter() if tag.tag.endswith("circle")]
        self.assertEqual(len(circles), 2)
        self.assertIn("kld_linear 8 x 9 x 7", drawing)

    def test_errors_are_sentences(self):
        good = {"context": context, "benchmarks": [row("network/mnist/batch:1", 90.0, 30.0, 0.4)]}
        failed = {"context": context, "benchmarks": [{"name": "relu", "error_occurred": True, "error_message": "relu is wrong."}]}
        for documents, only, said in (([good], "nothing", "has a name like 'nothing'"), (["{"], "", "is not a result of Google"),
                                      ([{"context": {}, "benchmarks": []}], "", "has no 'fma_peak'"),
                                      ([failed], "", "relu is wrong.")):
            run, drawing = self.draw(*documents, only=only)
            self.assertEqual((run.returncode, drawing), (1, ""))
            self.assertIn(said, run.stderr)
            self.assertNotIn("Traceback", run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
