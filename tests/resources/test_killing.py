"""Verbs that are killed at any moment: what stood at the output's place stays or is replaced as a whole, nothing else is
left, and a training goes on to the same bits. The moments follow from the date; FSDNET_TEST_DAY=N repeats another day's."""
import datetime
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest

from program import MODELS, PROGRAM, idx_data

DAY = int(os.environ.get("FSDNET_TEST_DAY", datetime.date.today().toordinal()))
MOMENTS = 12
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
OLD = b"what was there before"


class Killing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = idx_data(self.folder / "data")
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.output = self.folder / "out.safetensors"
        self.chosen = random.Random(DAY)

    def start(self, words):
        return subprocess.Popen([PROGRAM, *map(str, words)], cwd=self.folder, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                env={**os.environ, "TMPDIR": str(self.temporary)})

    def usual(self, words):
        """The output of a run that nobody disturbs, and its time."""
        begin = time.monotonic()
        self.assertEqual(self.start(words).wait(120), 0)
        return self.output.read_bytes(), time.monotonic() - begin

    def killed(self, words, moment):
        process = self.start(words)
        time.sleep(moment)
        process.send_signal(self.chosen.choice(SIGNALS))
        process.wait(60)

    def moments(self, seconds):
        for _ in range(MOMENTS):
            moment = self.chosen.uniform(0, seconds)
            with self.subTest(day=DAY, moment=moment):
                yield moment

    def check_folder(self, *allowed):
        self.assertFalse({path.name for path in self.folder.iterdir()} -
                         {"data", "temporary", self.output.name, *allowed})
        self.assertEqual(list(self.temporary.iterdir()), [])

    def check(self, words):
        result, seconds = self.usual(words)
        for moment in self.moments(seconds):
            self.output.write_bytes(OLD)
            self.killed(words, moment)
            self.assertIn(self.output.read_bytes(), (OLD, result))
            self.check_folder()

    def test_quantize(self):
        self.check(["quantize", MODELS / "mnist.safetensors", "--data", self.data, "--out", self.output])

    def test_export(self):
        self.output = self.folder / "out.onnx"
        self.check(["export", MODELS / "mnist.safetensors", "-o", self.output])

    def test_a_training_goes_on_to_the_same_bits(self):
        words = ["train", "--data", self.data, "--description", MODELS / "mnist-8-16.json", "--epochs", 40, "--batch", 20,
                 "--holdout", 0, "--threads", 1, "--checkpoint", "state", "--output", self.output]
        result, seconds = self.usual(words)
        state = self.folder / "state"
        for moment in self.moments(seconds):
            self.output.unlink(missing_ok=True)
            state.unlink(missing_ok=True)
            self.killed(words, moment)
            self.check_folder("state")
            if state.exists() and not self.output.exists():
                self.killed([*words, "--resume"], moment)
            if not self.output.exists():
                self.assertEqual(self.start([*words, *(["--resume"] if state.exists() else [])]).wait(120), 0)
            self.assertEqual(self.output.read_bytes(), result)


if __name__ == "__main__":
    unittest.main()
