"""A training that is interrupted keeps its state, by whatever signal, and takes no notice of an ignored one."""
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

from program import MODELS, PROGRAM, idx_data


class Training(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkpoint = pathlib.Path(folder.name) / "state"
        self.words = ["train", "--data", str(idx_data(folder.name)), "--description", str(MODELS / "mnist-8-16.json"),
                      "--epochs", "100000", "--batch", "20", "--holdout", "0", "--threads", "1",
                      "--checkpoint", str(self.checkpoint), "--output", f"{folder.name}/out.safetensors"]

    def start(self, preexec=None):
        process = subprocess.Popen([PROGRAM, *self.words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=preexec)
        while not self.checkpoint.exists() and process.poll() is None:
            time.sleep(0.01)
        return process

    def test_each_signal_keeps_the_state(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                process = self.start()
                process.send_signal(number)
                self.assertEqual(process.wait(60), 1)
                self.checkpoint.unlink()

    def test_a_signal_sent_twice_keeps_the_state_too(self):
        process = self.start()
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 1)
        self.assertTrue(self.checkpoint.exists())

    def test_an_ignored_signal_stays_ignored(self):
        process = self.start(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        before = self.checkpoint.stat()
        process.send_signal(signal.SIGINT)
        while self.checkpoint.stat().st_mtime_ns == before.st_mtime_ns and process.poll() is None:
            time.sleep(0.01)
        self.assertIsNone(process.poll())
        process.terminate()
        self.assertEqual(process.wait(60), 1)


if __name__ == "__main__":
    unittest.main()
