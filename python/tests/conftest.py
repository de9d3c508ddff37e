"""What the tests share: the network that comes with the package, and digits that nobody drew."""
import numpy
import pytest

import fsdnet

CLASSES = 10


@pytest.fixture(scope="session")
def model():
    return fsdnet.load_model(fsdnet.MODELS / "mnist-16-32.safetensors")


@pytest.fixture(scope="session")
def network(model):
    return fsdnet.Network(model)


@pytest.fixture(scope="session")
def images():
    """Smooth blobs, so that posteriors differ and are not all of one class."""
    random = numpy.random.default_rng(1)
    y, x = numpy.mgrid[:28, :28]
    centers = random.uniform(6, 22, (5, 3, 2))
    blobs = [sum(numpy.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 12) for cy, cx in sample) for sample in centers]
    return (numpy.clip(numpy.array(blobs), 0, 1) * 255).astype(numpy.uint8)[..., None]


@pytest.fixture(scope="session")
def points():
    """Vectors of two clouds: 300 samples, labels 0 and 1."""
    random = numpy.random.default_rng(2)
    labels = random.integers(0, 2, 300)
    return random.normal(0, 1, (300, 3)).astype(numpy.float32) + 4 * labels[:, None].astype(numpy.float32), labels
