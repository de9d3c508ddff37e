"""ACE of binned variables beside the package ace, which smooths the samples themselves (Breiman and Friedman 1985). Of
bivariate normals the maximal correlation is |r| (Lancaster 1957), whatever monotone functions of them are observed."""
import contextlib
import io
import unittest

import ace.ace
import numpy

from program import Folder, fsdnet

SAMPLES = 2000
BINS = 16


def bins_of(numbers):
    """Bins with equally many samples each."""
    return numpy.argsort(numpy.argsort(numbers)) * BINS // len(numbers)


def means_by_bin(numbers, bins):
    return numpy.array([numbers[bins == own].mean() for own in range(BINS)])


def solved(x, y):
    """Transformations of the samples by the package, until they do not change."""
    solver = ace.ace.ACESolver(delrsq=1e-4, maxit=100)
    solver.specify_data_set([x], y)
    with contextlib.redirect_stdout(io.StringIO()):  # it tells its iterations
        solver.solve()
    return numpy.asarray(solver.x_transforms[0]), numpy.asarray(solver.y_transform)


class Ace(unittest.TestCase):
    def setUp(self):
        self.folder = Folder()
        self.addCleanup(self.folder.cleanup)

    def alternation(self, x, y):
        joint = numpy.zeros((BINS, BINS))
        numpy.add.at(joint, (bins_of(x), bins_of(y)), 1 / len(x))
        found = fsdnet("analyze", "features", "--joint", self.folder.file("joint", joint), "--modes", "1")
        return found["layers"][0]["discrete"]["alternation"]

    def test_normals_have_the_same_maximal_correlation(self):
        random = numpy.random.default_rng(7)
        for r in (0.3, 0.6, -0.8, 0.95):
            x = random.standard_normal(SAMPLES)
            y = r * x + numpy.sqrt(1 - r * r) * random.standard_normal(SAMPLES)
            ours = self.alternation(x, y)
            self.assertTrue(ours["converged"])
            x_transform, y_transform = solved(x, y)
            theirs = numpy.corrcoef(x_transform, y_transform)[0, 1]
            # Bins of finite width lose a little of r, and 225 cells of a table gain a little by chance.
            self.assertAlmostEqual(ours["correlations"][0], theirs, delta=0.04, msg=f"r = {r}")
            self.assertAlmostEqual(ours["correlations"][0], abs(r), delta=0.04, msg=f"r = {r}")
            feature = numpy.array(ours["row_features"])[:, 0]
            agreement = numpy.corrcoef(feature, means_by_bin(x_transform, bins_of(x)))[0, 1]
            self.assertGreater(abs(agreement), 0.9 if abs(r) < 0.5 else 0.98, f"r = {r}")

    def test_what_is_observed_may_be_any_monotone_function(self):
        random = numpy.random.default_rng(8)
        x = random.standard_normal(SAMPLES)
        y = 0.7 * x + numpy.sqrt(1 - 0.49) * random.standard_normal(SAMPLES)
        plain, bent = self.alternation(x, y), self.alternation(numpy.exp(x), y ** 3)
        self.assertAlmostEqual(plain["correlations"][0], bent["correlations"][0], delta=1e-9)
        x_transform, y_transform = solved(numpy.exp(x), y ** 3)
        self.assertAlmostEqual(bent["correlations"][0], numpy.corrcoef(x_transform, y_transform)[0, 1], delta=0.04)
        # The feature of exp x is x again, up to sign and scale.
        feature = numpy.array(bent["row_features"])[:, 0]
        self.assertGreater(abs(numpy.corrcoef(feature, means_by_bin(x, bins_of(x)))[0, 1]), 0.98)


if __name__ == "__main__":
    unittest.main()
