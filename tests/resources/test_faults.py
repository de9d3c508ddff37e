"""Every call of the system that a verb makes fails once: the verb ends with a code and a sentence, or does without it and
gives the same. What stood at the output's place stays or is replaced as a whole, and nothing else is left.

Calls that are used often fail at their first, their last and one more use, which follows from the date: FSDNET_TEST_DAY=N
(a number) repeats another day's."""
import datetime
import json
import os
import pathlib
import random
import re
import shutil
import tempfile
import unittest

from program import FAULTS, MODELS, PROGRAM, fault_of, finished, idx_data, network_file

DAY = int(os.environ.get("FSDNET_TEST_DAY", datetime.date.today().toordinal()))
FEW = 3
OLD = b"what was there before"


def uses_to_try(count, chosen):
    if count <= FEW:
        return list(range(1, count + 1))
    return sorted({1, count, *chosen.sample(range(2, count), FEW - 2)})


def same_text(given, usual):
    times = r"[0-9.]+ s\b"
    return re.sub(times, "", given) == re.sub(times, "", usual)


def same_images_or_noted(given, usual):
    return given == usual or json.loads(given)["skipped"]


def same_file(given, usual):
    return given == usual


def whole_picture(given, usual):
    """A font that cannot be read is replaced by another one, which draws another picture."""
    return given[:4] == usual[:4] and given[-7:] == usual[-7:]


class Verb:
    """One command line in a folder of its own, with outputs that are there already. Without OpenCL's drivers, some of which
    end the process that loads them where they get no thread."""

    def __init__(self, words, outputs, folder, kept):
        self.words, self.outputs, self.folder, self.kept = list(map(str, words)), outputs, folder, kept
        self.temporary = folder / "temporary"

    def run(self, **settings):
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        for output in self.outputs:
            (self.folder / output).write_bytes(OLD)
        for name in self.kept:
            (self.folder / name).unlink(missing_ok=True)
        self.before = set(self.folder.rglob("*"))
        return finished([PROGRAM, *self.words], cwd=self.folder, timeout=300,
                        env={**os.environ, "LD_PRELOAD": FAULTS, "TMPDIR": str(self.temporary),
                             "OCL_ICD_VENDORS": str(self.temporary), **settings})

    def results(self):
        return [(self.folder / output).read_bytes() for output in self.outputs]

    def left(self):
        return set(self.folder.rglob("*")) - self.before - {self.folder / name for name in self.kept}


class Faults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.work = self.folder / "work"
        self.work.mkdir()
        self.data = idx_data(self.folder / "data")
        self.digit = network_file(self.folder)

    def counted(self, verb):
        """What a run without faults gives, and how often it used each call (the most in any process)."""
        counts = self.folder / "counts"
        ended = verb.run(COUNT_CALLS=str(counts))
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertFalse(verb.left())
        uses = {}
        for line in counts.read_text().splitlines():
            name, number = line.split()
            uses[name] = max(uses.get(name, 0), int(number))
        return ended.stdout, verb.results(), uses

    def check(self, words, outputs=(), kept=(), right=same_text, at_most=None, right_file=same_file):
        """Outputs stand there before; what is kept is new each time and may stay. What a run that ends well says is right
        beside what it says without a fault."""
        verb = Verb(words, outputs, self.work, kept)
        stdout, results, uses = self.counted(verb)
        self.assertIn("read", uses)
        chosen = random.Random(DAY)
        faults = [(call, number) for call, count in sorted(uses.items()) for number in uses_to_try(count, chosen)]
        for call, number in chosen.sample(faults, min(at_most or len(faults), len(faults))):
            with self.subTest(verb=words[0], call=call, number=number, day=DAY):
                ended = verb.run(FAIL_CALL=call, FAIL_CALL_AT=str(number))
                self.assertIsNone(fault_of(ended))
                self.assertFalse(verb.left())
                for old_or_new, new in zip(verb.results(), results):
                    self.assertTrue(old_or_new == OLD or right_file(old_or_new, new),
                                    "the output is neither the old file nor the new one")
                if ended.returncode == 0:
                    self.assertTrue(right(ended.stdout, stdout), ended.stdout)
                    self.assertTrue(all(map(right_file, verb.results(), results)))

    def test_classify(self):
        self.check(["classify", self.digit, "--threads", 3, "--json"])

    def test_evaluate(self):
        self.check(["evaluate", "--model", MODELS / "mnist.safetensors", "--data", self.data, "--json"])

    def test_inspect(self):
        self.check(["inspect", "--model", MODELS / "mnist.safetensors", "--filters", "filters.png"], ["filters.png"],
                   right_file=whole_picture)

    def test_export(self):
        self.check(["export", MODELS / "mnist.safetensors", "-o", "digits.onnx"], ["digits.onnx"])

    def test_quantize(self):
        self.check(["quantize", MODELS / "mnist.safetensors", "--data", self.data, "--out", "small.safetensors"],
                   ["small.safetensors"])

    def test_train(self):
        self.check(["train", "--data", self.data, "--description", MODELS / "mnist-8-16.json", "--epochs", 1,
                    "--batch", 20, "--holdout", 0, "--threads", 1, "--output", "trained.safetensors",
                    "--checkpoint", "state"], ["trained.safetensors"], ["state"])

    def test_analyze(self):
        self.check(["analyze", "moments", MODELS / "mnist.safetensors", "--data", self.data, "--from-layer", 6,
                    "--picture", "moments.svg"], ["moments.svg"], right_file=whole_picture)

    def test_compile(self):
        self.check(["compile", MODELS / "mnist.safetensors", "--name", "digits", "--target", "x86-64-linux", "-o", "."],
                   ["digits.h", "libdigits.a"], at_most=8)

    def test_kernels(self):
        self.check(["kernels", "--json"])

    def test_doctor(self):
        self.check(["doctor", "--json"], right=lambda given, usual: json.loads(given))

    def test_a_folder_of_classes(self):
        for name in ("one", "seven"):
            folder = self.folder / "folders" / name
            folder.mkdir(parents=True)
            for number in range(6):
                shutil.copy(self.digit, folder / f"{number}.pgm")
        self.check(["classify", self.folder / "folders", "--json"], right=same_images_or_noted)


if __name__ == "__main__":
    unittest.main()
