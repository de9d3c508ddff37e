#!/usr/bin/env python3
"""bench/rivals: the page and the pictures of what was measured, and whether the machine was quiet. Standard library alone."""
import pathlib
import subprocess
import sys
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bench" / "rivals"))
import load  # noqa: E402: the path comes first
import main  # noqa: E402
import picture  # noqa: E402
import report  # noqa: E402


def row(case, ratio, **more):
    return {"case": case, "precision": "f32", "batch": None, "threads": 1, "rival": "Somebody", "version": "1.0",
            "difference": 1e-7, "tolerance": 1e-5, "ours_seconds": 1e-3, "rival_seconds": ratio * 1e-3, "ratio": ratio,
            "interval": [ratio - 0.01, ratio + 0.01], **more}


def document(rows, before=0.1, others=0.0):
    return {"machine": "a machine", "date": "2026-12-01", "load": before, "others": others, "command": "scripts/rivals.sh",
            "facts": [{"threads": 1, "peak": 120e9, "copy": 15e9, "kernels": {"fsdnet": "avx512", "Somebody": "AVX2"}}],
            "rows": rows}


class Report(unittest.TestCase):
    def test_a_row_says_times_share_ratio_and_interval(self):
        text = report.markdown(document([row("product", 1.5, of_peak=0.8), row("copy", 2.0, of_copy=0.9)]))
        self.assertIn("| product | f32 | 1 | Somebody 1.0 | 1,000 | 80 % | 1,500 | **1.50** (1.49 to 1.51) | 1.0e-07 |", text)
        self.assertIn("| 1,000 | 90 % of copy | 2,000 |", text)
        self.assertIn("120 GFLOP/s of multiply-adds in registers, 15.0 GB/s of copying 128 MiB", text)
        self.assertIn("fsdnet: avx512; Somebody: AVX2", text)

    def test_wrong_results_have_no_time_and_as_many_cells(self):
        wrong = {"case": "product", "precision": "f32", "batch": 64, "threads": 1, "rival": "Somebody", "version": "1.0",
                 "mismatch": 0.5, "tolerance": 1e-5}
        lines = report.markdown(document([row("product", 1.5), wrong])).splitlines()
        table = [line for line in lines if line.startswith("| product")]
        self.assertEqual(len({line.count("|") for line in table}), 1)
        self.assertIn("**wrong result**", table[1])

    def test_only_a_quiet_machine_is_called_quiet(self):
        quiet = report.markdown(document([row("product", 1.5)]))
        self.assertIn("This machine was quiet", quiet)
        for before, others in ((0.6, 0.0), (0.1, 0.04)):
            self.assertIn("**This machine was busy", report.markdown(document([row("product", 1.5)], before, others)))

    def test_who_is_missing_is_said_once_per_reason(self):
        missing = {"case": "a", "precision": "f32", "batch": None, "threads": 1, "rival": "Nobody", "version": None,
                   "missing": "is not installed"}
        text = report.markdown(document([row("product", 1.5), missing, {**missing, "case": "b"}]))
        self.assertIn("- Nobody, f32 (2 cases): is not installed", text)


class Picture(unittest.TestCase):
    def bars(self, text):
        return [element.text for element in xml.etree.ElementTree.fromstring(text) if (element.text or "").startswith("case ")]

    def test_one_bar_per_ratio_and_only_close_ones_where_that_is_asked_for(self):
        rows = [row("case far ahead", 3.0), row("case close", 1.05), row("case behind", 0.8)]
        self.assertEqual(len(self.bars(picture.svg(document(rows)))), 3)
        close = self.bars(picture.svg(document(rows), below=picture.CLOSE))
        self.assertEqual([text.split(",")[0] for text in close], ["case close", "case behind"])


class Surroundings(unittest.TestCase):
    def test_what_holds_rivals_back_is_taken_out_of_their_environment(self):
        main.os.environ["OPENBLAS_CORETYPE"] = "Haswell"
        self.addCleanup(main.os.environ.pop, "OPENBLAS_CORETYPE")
        found = main.environment(2)
        self.assertNotIn("OPENBLAS_CORETYPE", found)
        self.assertEqual((found["OMP_NUM_THREADS"], found["PATH"]), ("2", main.os.environ["PATH"]))

    def test_work_of_others_counts_and_our_own_does_not(self):
        spin = [sys.executable, "-c", "import time\nbegin = time.process_time()\nwhile time.process_time() < begin + 0.5: pass"]
        watch = load.Watch()
        with subprocess.Popen(spin) as other:  # another's work as long as nobody has waited for it
            while other.poll() is None and load.busy_seconds() - watch.begin[1] < 0.4:
                pass
            self.assertGreater(watch.others(), 0)
        ours = watch.own_seconds_since()
        self.assertGreaterEqual(ours, 0.5)


if __name__ == "__main__":
    unittest.main()
