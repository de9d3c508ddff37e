#!/usr/bin/env python3
"""bench/said_accuracy.py: what it reads in cards and tables, what it takes for the same figure, and that the card of one of
MNIST's networks is right, which one follows from the date: FSDNET_TEST_DAY=N repeats another day's."""
import datetime
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import said_accuracy  # noqa: E402: the path comes first
from said_accuracy import Said  # noqa: E402

DAY = int(os.environ.get("FSDNET_TEST_DAY", datetime.date.today().toordinal()))
CARD = """# net

Digits: 98.50 % of some test images.

| | |
|---|---|
| test images | 98.51 %, NLL 0.0419 nats, ECE 0.0010; with noise of standard deviation 40 of 255 97.00 %, blurred by 3 x 3 means 96.38 % |
| size | 9 KB; `net-8bit` 3 KB, 98.49 %, 2 decisions changed |
"""
TABLE = """| what | measured |
|---|---|
| `models/net.safetensors`, 10 parameters, 100 % ours | 12 epochs | 98.52 % | 0.04 |
| another network | 97.00 % |
"""


class Reading(unittest.TestCase):
    def test_a_card_says_seven_figures(self):
        said = said_accuracy.said_by_card("net", CARD)
        self.assertEqual({(one.network, one.images, one.figure, one.text) for one in said},
                         {("net", "", "accuracy", "98.50"), ("net", "", "accuracy", "98.51"), ("net", "", "nll", "0.0419"),
                          ("net", "", "ece", "0.0010"), ("net", "noise", "accuracy", "97.00"), ("net", "blur", "accuracy", "96.38"),
                          ("net-8bit", "", "accuracy", "98.49")})

    def test_a_table_speaks_of_the_file_that_it_names(self):
        self.assertEqual(list(said_accuracy.said_by_tables("page", TABLE)), [Said("page", "net", "", "accuracy", "98.52")])

    def test_every_card_says_what_it_must(self):
        said = said_accuracy.all_said()
        for network in (file.stem for file in (ROOT / "models").glob("*.safetensors")):
            figures = {(one.images, one.figure) for one in said if one.network == network}
            wanted = {("", "accuracy")} if network.endswith("-8bit") else {("", "accuracy"), ("", "nll"), ("noise", "accuracy"), ("blur", "accuracy")}
            self.assertLessEqual(wanted, figures, network)

    def test_a_unit_of_the_last_digit_is_the_same_and_two_are_not(self):
        accuracy, loss = Said("", "net", "", "accuracy", "98.51"), Said("", "net", "", "nll", "0.042")
        self.assertTrue(said_accuracy.agrees(accuracy, 0.9852))
        self.assertFalse(said_accuracy.agrees(accuracy, 0.9853))
        self.assertTrue(said_accuracy.agrees(loss, 0.0411))
        self.assertFalse(said_accuracy.agrees(loss, 0.0402))
        self.assertFalse(said_accuracy.agrees(accuracy, float("nan")))


class Measuring(unittest.TestCase):
    def check(self, *networks):
        done = subprocess.run([sys.executable, "-B", ROOT / "bench/said_accuracy.py", os.environ["FSDNET_PROGRAM"], *networks],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_a_card_says_what_is_measured(self):
        if not (said_accuracy.DATA / "mnist").exists():
            self.skipTest("MNIST is not at hand; FSDNET_DATA names the folder above mnist")
        networks = sorted(card.stem for card in (ROOT / "models").glob("mnist*.md"))
        self.assertIn(" noise ", self.check(networks[DAY % len(networks)]))

    def test_data_that_are_not_there_are_passed_over_with_a_sentence(self):
        before = os.environ.get("FSDNET_DATA")
        os.environ["FSDNET_DATA"] = "/nowhere"
        try:
            self.assertIn("FSDNET_DATA names", self.check("mnist-16-32"))
        finally:
            os.environ.pop("FSDNET_DATA")
            if before is not None:
                os.environ["FSDNET_DATA"] = before


if __name__ == "__main__":
    unittest.main()
