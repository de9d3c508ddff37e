"""`fsdnet manual` and `fsdnet completion`: made from the verbs and options, and read by what they are for."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["FSDNET_PROGRAM"]


def fsdnet(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)


class Manual(unittest.TestCase):
    def test_a_page_says_what_help_says(self):
        plain = fsdnet("manual", "analyze", "moments").stdout.replace("\\-", "-")
        self.assertIn("fsdnet-analyze-moments - Follow means and covariances", plain)
        self.assertIn("\\fB--order\\fR INT in [2 - 3]=2\n3: with third cumulants", plain)
        self.assertIn(".SH EXAMPLE\n.nf\n  fsdnet analyze moments", plain)

    def test_every_verb_has_a_page_that_the_formatter_takes(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(fsdnet("manual", "--folder", folder).returncode, 0)
            pages = sorted(pathlib.Path(folder).iterdir())
            names = [page.name for page in pages]
            for name in ("fsdnet.1", "fsdnet-train.1", "fsdnet-kernels-run.1", "fsdnet-manual.1"):
                self.assertIn(name, names)
            if not shutil.which("groff"):
                self.skipTest("groff is not installed, which reads the pages")
            read = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", *pages], capture_output=True, text=True)
            self.assertEqual((read.returncode, read.stderr), (0, ""))

    def test_an_unknown_verb_has_none(self):
        answer = fsdnet("manual", "nothing")
        self.assertEqual(answer.returncode, 2)
        self.assertIn("'fsdnet nothing' is no verb", answer.stderr)


class Completion(unittest.TestCase):
    def script(self, shell):
        return fsdnet("completion", shell).stdout

    def offered(self, *words):
        """What bash offers for the last of the words."""
        ask = 'eval "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fsdnet; echo "${COMPREPLY[@]}"'
        answer = subprocess.run(["bash", "-c", ask, "bash", "fsdnet", *words], capture_output=True, text=True,
                                env=dict(os.environ, SCRIPT=self.script("bash")))
        self.assertEqual((answer.returncode, answer.stderr), (0, ""))
        return answer.stdout.split()

    def test_bash_completes_verbs_options_and_values(self):
        self.assertEqual(self.offered("eval"), ["evaluate"])
        self.assertIn("train", self.offered(""))
        self.assertEqual(sorted(self.offered("analyze", "")), ["aggregation", "features", "moments", "teacher"])
        self.assertEqual(self.offered("analyze", "moments", "--ord"), ["--order"])
        self.assertEqual(self.offered("bench", "--device", "cu"), ["cuda"])
        self.assertEqual(self.offered("completion", "f"), ["fish"])
        self.assertEqual(self.offered("train", "--data", ""), [], "bash itself lists files then")

    def test_zsh_and_fish_can_read_theirs(self):
        for shell in ("zsh", "fish"):
            with self.subTest(shell=shell):
                script = self.script(shell)
                self.assertIn("moments", script)
                if not shutil.which(shell):
                    self.skipTest(f"{shell} is not installed, which reads its script")
                read = subprocess.run([shell, "--no-exec", "/dev/stdin"], input=script, capture_output=True, text=True)
                self.assertEqual((read.returncode, read.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
