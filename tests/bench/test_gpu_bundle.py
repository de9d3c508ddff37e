"""`make gpu-bundle`: what it packs runs by itself on a device, here PoCL's, and the page says what went wrong there."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ["FSDNET_BUILD"])
sys.path.insert(0, str(ROOT / "bench" / "rivals"))
import numpy  # noqa: E402: the path comes first

import gpu_page  # noqa: E402

MIB = 1 << 20


def output_of(*command, **options):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **options)


class Bundle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        cls.bundle = cls.work / "fsdnet-gpu"
        packed = output_of(ROOT / "scripts" / "gpu_bundle.sh", BUILD, cls.bundle, sys.executable)
        assert packed.returncode == 0, packed.stdout

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def measure(self, *options):
        # A sixtieth of the tests: the whole of them are tests of their own. Nothing of the build tree's environment but
        # HOME, where PoCL keeps what it compiled.
        return output_of(self.bundle / "measure.sh", "--results", self.work / "results", "--seconds", 2000, *options, cwd=self.work,
                         env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "FSDNET_TEST_ONE_IN": "60", "PYTHON": "/bin/false"})

    def test_it_holds_no_path_of_the_build_tree_but_in_programs_and_is_small(self):
        size = sum(file.stat().st_size for file in self.bundle.rglob("*") if file.is_file())
        self.assertLess(size, 240 * MIB)  # a quarter of it when packed: 60 MiB
        for file in self.bundle.glob("*.*"):
            self.assertNotIn(str(BUILD).encode(), file.read_bytes(), file.name)

    def test_graph_is_the_exported_network(self):
        with numpy.load(self.bundle / "network.npz") as arrays:
            nodes = json.loads(arrays["nodes"].item())
            self.assertEqual(nodes[-1][2], "log_posterior")
            read = {name for _, inputs, _, _ in nodes for name in inputs}
            made = {result for _, _, result, _ in nodes} | {"image"}
            self.assertEqual(read - made, set(arrays.files) - {"nodes"})

    def test_it_tests_and_times_and_its_page_says_so(self):
        done = self.measure("--device", "opencl", "--only", "^sigmoid/|^network/.*batch:1024")
        if done.returncode == 4:
            self.skipTest("no OpenCL device here: " + done.stdout.splitlines()[-1])
        said = "".join(file.read_text()[-2000:] for file in (self.work / "results").glob("*.txt"))
        self.assertEqual(done.returncode, 0, done.stdout + said)
        self.assertIn("nothing is timed beside ours", done.stdout)
        text, figures, faults = gpu_page.page(self.work / "results")
        self.assertEqual(faults, [])
        self.assertEqual({name: code for name, (code, _) in figures["tests"].items()},
                         {"devices": 0, "kernels": 0, "network": 0, "rows": 0})
        self.assertGreater(figures["rows"]["network, batch 1024"]["ms"], 0)
        self.assertIn("- kernels: passed", text)

    def test_a_device_that_is_not_there_ends_it_with_a_sentence(self):
        if shutil.which("nvidia-smi"):
            self.skipTest("this machine has a GPU")
        done = self.measure("--device", "cuda")
        self.assertEqual(done.returncode, 4, done.stdout)
        self.assertIn("Skipped: ", done.stdout)

    def test_unknown_options_are_refused(self):
        done = self.measure("--devices", "cuda")
        self.assertEqual(done.returncode, 2)
        self.assertIn("has no option '--devices'", done.stdout)


def row(name, milliseconds, **shares):
    return {"name": name, "best_ms": milliseconds, **shares}


class Page(unittest.TestCase):
    def results(self, folder, tests="devices 0 3\nkernels 0 60\nnetwork 0 30\nrows 0 9\n", batch_ms=1.0):
        folder = pathlib.Path(folder)
        benchmarks = [row("kld_linear/cuda/sample=4096,input=4096,output=4096/manual_time", 4.0, of_fma_peak=0.7, of_copy=0.1),
                      row("log_normalize/cuda/site=262144,group=1,state=64/manual_time", 0.1, of_fma_peak=0.1, of_copy=0.9),
                      row("network/cuda/batch:1024/manual_time", batch_ms)]
        (folder / "rows.json").write_text(json.dumps({"context": {"device": "a GPU"}, "benchmarks": benchmarks}))
        (folder / "pytorch.json").write_text(json.dumps({"version": "2", "device": "cuda", "ms": {
            "kld_linear, 4096 x 4096 x 4096": 4.4, "network, batch 1024": 3.5}}))
        (folder / "machine.txt").write_text("a machine\n")
        (folder / "tests.txt").write_text(tests)
        return folder

    def test_rows_ratios_and_targets(self):
        with tempfile.TemporaryDirectory() as folder:
            text, figures, faults = gpu_page.page(self.results(folder))
        self.assertEqual(faults, [])
        self.assertAlmostEqual(figures["rows"]["network, batch 1024"]["ratio"], 3.5)
        self.assertIn("| kld_linear, 4096 x 4096 x 4096 | 4.000 | 4.400 | 1.10 | 70 % | 10 % | 0.7 (ratio) |", text)

    def test_what_is_below_its_target_failed_or_took_too_long_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            tests = "devices 0 3\nkernels 124 120\nnetwork 42 30\nrows 0 9\n"
            text, _, faults = gpu_page.page(self.results(folder, tests, batch_ms=2.0))
        self.assertEqual(len(faults), 3)
        for expected in ("kernels is out of time.", "network ended with code 42.",
                         "network, batch 1024: ratio is 1.75, its target 3."):
            self.assertIn(expected, faults)
            self.assertIn(expected, text)

    def test_targets_are_those_of_gpus(self):
        with tempfile.TemporaryDirectory() as folder:
            results = self.results(folder, batch_ms=2.0)
            (results / "rows.json").write_text((results / "rows.json").read_text().replace("/cuda/", "/opencl/"))
            _, figures, faults = gpu_page.page(results)
        self.assertAlmostEqual(figures["rows"]["network, batch 1024"]["ratio"], 1.75)
        self.assertEqual(faults, [])

    def test_a_report_that_ended_midway_leaves_the_rest(self):
        with tempfile.TemporaryDirectory() as folder:
            results = self.results(folder)
            (results / "kernels_timed.json").write_text('{"context": {}, "benchmarks": [{"na')
            text, figures, _ = gpu_page.page(results)
        self.assertEqual(len(figures["rows"]), 3)
        self.assertNotIn("| kernel |", text)

    def test_a_folder_without_results_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            done = output_of(ROOT / "bench" / "rivals" / "gpu_page.py", folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("has no tests.txt", done.stdout)


if __name__ == "__main__":
    unittest.main()
