#!/usr/bin/env python3
"""bench/scaling.py: the model on paper, with numbers that a pencil can follow."""
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bench"))
import scaling  # noqa: E402: the path comes first

# A millisecond that no sample changes, a tenth for each of them.
NETWORK = {"parameters": 1_000_000, "seconds": {"50": 0.006, "25": 0.0035, "12": 0.0022}}
LINK = (1e-5, 1e9, 0.0)


class Model(unittest.TestCase):
    def test_a_step_is_a_fixed_part_and_one_for_each_sample(self):
        step = scaling.Step(NETWORK, LINK)
        self.assertAlmostEqual(step.fixed, 0.001)
        self.assertAlmostEqual(step.per_sample, 0.0001)
        self.assertAlmostEqual(step.seconds(50, 1), 0.006)

    def test_large_sums_travel_twice_whatever_the_processes(self):
        # 4 MB: half of it there and back between two; nearly all of it between many.
        self.assertAlmostEqual(scaling.exchange_seconds(1_000_000, 2, LINK), 2 * (1e-5 + 0.002))
        self.assertAlmostEqual(scaling.exchange_seconds(1_000_000, 100, LINK), 2 * (1e-5 + 0.00396))
        self.assertEqual(scaling.exchange_seconds(1_000_000, 1, LINK), 0)

    def test_small_sums_take_one_journey(self):
        self.assertAlmostEqual(scaling.exchange_seconds(1000, 3, LINK), 1e-5 + 2 * 4e-6)

    def test_where_scaling_ends(self):
        step = scaling.Step(NETWORK, (0.0, 1e18, 0.0))  # nothing but Amdahl's law
        self.assertAlmostEqual(step.speedup(50, 2), 6 / 3.5, places=6)
        self.assertEqual(step.fastest(50), 50)
        self.assertEqual(step.most(50, lambda processes: step.speedup(50, processes) >= processes / 2), 6)
        self.assertEqual(scaling.Step(NETWORK, (1.0, 1e9, 0.0)).fastest(50), 1)

    def test_the_link_of_this_machine(self):
        latency, bandwidth, _ = scaling.measured_link(
            [{"numbers": 1, "to_all_us": 10}, {"numbers": 1_000_000, "segments_us": 4020}])
        self.assertAlmostEqual(latency, 1e-5)
        self.assertAlmostEqual(bandwidth, 1e9)

    def test_rows(self):
        rows = list(scaling.rows_of({"networks": {"n": NETWORK}, "exchanges": [
            {"numbers": 1, "to_all_us": 10}, {"numbers": 1_000_000, "segments_us": 4020}]}, 50))
        self.assertEqual(len(rows), 1 + len(scaling.LINKS))
        self.assertLess(rows[0][3], 2)


if __name__ == "__main__":
    unittest.main()
