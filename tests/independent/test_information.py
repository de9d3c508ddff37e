"""Mutual information beside scikit-learn's plug-in estimate of tables."""
import unittest

import numpy
from sklearn.metrics import mutual_info_score

from program import MODELS, Folder, fsdnet

IMAGES = 300
CLASSES = 10
MODEL = str(MODELS / "mnist.safetensors")


def information_of(table):
    """Of probabilities or counts; scikit-learn takes whole counts, of which a million per row lose nothing that is tested."""
    counts = table if table.dtype.kind in "iu" else numpy.rint(1e6 * table).astype(numpy.int64)
    return mutual_info_score(None, None, contingency=counts)


def strokes(random):
    """Images of a bar whose place depends on the class, with noise: the network is sure of some of them only."""
    labels = numpy.arange(IMAGES) % CLASSES
    images = random.integers(0, 60, (IMAGES, 28, 28))
    for image, label in zip(images, labels):
        image[4:24, 4 + 2 * label:7 + 2 * label] += 190
        image[4 + 2 * (label % 3):7 + 2 * (label % 3), 6:22] += 190 * (label % 2)
    return numpy.minimum(images, 255).astype(numpy.uint8), labels


class Information(unittest.TestCase):
    def setUp(self):
        self.folder = Folder()
        self.addCleanup(self.folder.cleanup)
        self.random = numpy.random.default_rng(3)

    def test_of_tables(self):
        for rows, columns in ((2, 2), (7, 3), (40, 12)):
            table = self.random.integers(0, 100, (rows, columns)) ** 2
            found = fsdnet("analyze", "features", "--joint", self.folder.file("joint", table / table.sum()))
            self.assertAlmostEqual(found["layers"][0]["discrete"]["information"], information_of(table), delta=1e-12)

    def test_of_a_network(self):
        images, labels = strokes(self.random)
        data = ["--data", self.folder.file("images", images), "--labels", self.folder.file("labels", labels)]
        posterior = self.posteriors(images)
        joint = numpy.array([posterior[labels == own].sum(0) for own in range(CLASSES)]).T  # [state, class]
        output = fsdnet("analyze", "features", MODEL, *data, "--permutations", "0", "--bootstrap", "0")["layers"][-1]
        # I(X;H), the images being the values of X; and I(H;Y).
        self.assertAlmostEqual(output["input_information"], information_of(posterior), delta=1e-5)
        self.assertAlmostEqual(output["discrete"]["information"], information_of(joint), delta=1e-5)
        self.assertGreater(information_of(joint), 0.1)
        self.assertLess(information_of(joint), information_of(posterior))
        self.usefulness(data, joint)

    def posteriors(self, images):
        """[image, class]"""
        found = fsdnet("classify", self.folder.file("images", images), "--model", MODEL, "--top", str(CLASSES))
        posterior = numpy.zeros((IMAGES, CLASSES))
        for row, image in zip(posterior, found["images"]):
            for ranked in image["top"]:
                row[int(ranked["class"])] = ranked["posterior"]
        return posterior

    def usefulness(self, data, joint):
        """Of the last layer's states, by tables of each state and all others."""
        layers = fsdnet("inspect", "--model", MODEL, *data, "--usefulness")["layers"]
        group = layers[-2]["usefulness"]["groups"][0]
        self.assertAlmostEqual(group["information"], information_of(joint), delta=1e-5)
        for state in group["states"]:
            own = joint[state["state"]]
            indicator = information_of(numpy.array([own, joint.sum(0) - own]))
            self.assertAlmostEqual(state["indicator"], indicator, delta=1e-5)


if __name__ == "__main__":
    unittest.main()
