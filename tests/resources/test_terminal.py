"""What a terminal shows while work goes on, what a log gets, and what --quiet leaves."""
import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

from program import MODELS, PROGRAM, idx_data


def on_terminal(words):
    """The exit code and all that the program wrote to a terminal at its standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=theirs,
                               env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(), shown.decode()


class Terminal(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.compile = ["compile", str(MODELS / "mnist.safetensors"), "--name", "digits", "-o", str(self.folder)]

    def test_long_work_is_shown_and_its_line_goes_away(self):
        code, shown = on_terminal(self.compile)
        self.assertEqual(code, 0)
        self.assertIn("compiles the network  ", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"))

    def test_quiet_shows_nothing(self):
        self.assertEqual(on_terminal([*self.compile, "--quiet"]), (0, ""))

    def test_quiet_trains_in_silence_and_still_says_why_it_failed(self):
        train = ["train", "--data", str(idx_data(str(self.folder))), "--description", str(MODELS / "mnist-8-16.json"),
                 "--epochs", "1", "--batch", "20", "--holdout", "0", "--threads", "1", "--output",
                 str(self.folder / "out.safetensors")]
        self.assertEqual(on_terminal([*train, "--quiet"]), (0, ""))
        code, shown = on_terminal([*train, "--quiet", "--epochs", "0"])
        self.assertEqual(code, 2)
        self.assertIn("--epochs", shown)

    def test_a_log_has_no_line_that_redraws_itself(self):
        outcome = subprocess.run([PROGRAM, *self.compile], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        self.assertEqual(outcome.stderr.decode(), "")


if __name__ == "__main__":
    unittest.main()
