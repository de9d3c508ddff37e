"""Running a network on arrays of any strides; what C could not read or write is refused."""
import copy
import pickle
import threading
import time

import numpy
import pytest

import fsdnet

CLASSES = 10


def test_rows_are_distributions(network, images):
    log_posterior = network.run(images)
    assert log_posterior.shape == (5, CLASSES) and log_posterior.dtype == numpy.float32
    assert numpy.allclose(numpy.exp(log_posterior).sum(1), 1, atol=1e-5)
    assert len(set(log_posterior.argmax(1))) > 1  # else nothing below would notice much


def strided(images):
    wide = numpy.zeros((5, 28, 56, 1), numpy.uint8)
    wide[:, :, ::2] = images
    frozen = images.copy()
    frozen.flags.writeable = False
    return {
        "every second column": (wide[:, :, ::2], images),
        "reversed rows": (images[:, ::-1], images[:, ::-1].copy()),
        "reversed samples": (images[::-1], images[::-1].copy()),
        "transposed": (images.transpose(0, 2, 1, 3), images.transpose(0, 2, 1, 3).copy()),
        "channels first": (images.transpose(0, 3, 1, 2).copy().transpose(0, 2, 3, 1), images),
        "samples innermost": (images.transpose(1, 2, 3, 0).copy().transpose(3, 0, 1, 2), images),
        "one sample many times": (numpy.broadcast_to(images[:1], images.shape), images[:1].repeat(5, 0)),
        "read-only": (frozen, images),
    }


@pytest.mark.parametrize("kind", strided(numpy.zeros((5, 28, 28, 1), numpy.uint8)))
@pytest.mark.parametrize("as_floats", [False, True])
def test_strides_change_nothing(network, images, kind, as_floats):
    given, dense = strided(images)[kind]
    if as_floats:
        scale = numpy.float32(1 / 255)
        views = strided(images.astype(numpy.float32) * scale) if kind != "every second column" else None
        if views is None:
            wide = numpy.zeros((5, 28, 56, 1), numpy.float32)
            wide[:, :, ::2] = images * scale
            views = {kind: (wide[:, :, ::2], images * scale)}
        given, dense = views[kind]
    assert not given.flags.c_contiguous or kind in ("read-only", "channels first")
    assert (network.run(given) == network.run(numpy.ascontiguousarray(dense))).all()


def test_colors_apart_are_copied_in_parts():
    planes = numpy.random.default_rng(3).integers(0, 256, (1030, 3, 8, 8)).astype(numpy.uint8)
    images = planes.transpose(0, 2, 3, 1)
    data = fsdnet.Dataset(images[:100], numpy.arange(100) % 2)
    network = fsdnet.Network(fsdnet.train(data, size="small", epochs=1, holdout=0).model)
    assert (network.run(images) == network.run(numpy.ascontiguousarray(images))).all()


def test_nothing_is_copied(network, images):
    """The memory that a run adds is far below that of its images."""
    tracker = pytest.importorskip("tracemalloc")
    many = numpy.broadcast_to(images[:1], (10000, 28, 28, 1))[:, ::-1]
    network.run(many[:100])
    out = numpy.empty((10000, CLASSES), numpy.float32)
    before = peak_memory()
    tracker.start()
    network.run(many, out)
    traced = tracker.get_traced_memory()[1]
    tracker.stop()
    assert traced < 1e6 and peak_memory() - before < many.size / 2
    assert (out == out[0]).all()


def peak_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def test_result_goes_where_it_is_told(network, images):
    out = numpy.full((5, CLASSES), numpy.nan, numpy.float32)
    assert network.run(images, out) is out
    assert (out == network.run(images)).all()


def test_out_that_c_cannot_write_is_refused_and_untouched(network, images):
    frozen = numpy.zeros((5, CLASSES), numpy.float32)
    frozen.flags.writeable = False
    misaligned = numpy.zeros(5 * CLASSES * 4 + 1, numpy.uint8)[1:].view(numpy.float32).reshape(5, CLASSES)
    for out in (numpy.zeros((5, CLASSES)), numpy.zeros((5, CLASSES), ">f4"), numpy.zeros((5, CLASSES), numpy.float32, order="F"),
                numpy.zeros((10, CLASSES), numpy.float32)[::2], numpy.zeros((5, 2 * CLASSES), numpy.float32)[:, ::2],
                numpy.zeros((5, CLASSES), numpy.float32)[::-1], misaligned, numpy.zeros((4, CLASSES), numpy.float32),
                numpy.zeros((5, CLASSES - 1), numpy.float32), numpy.zeros(5 * CLASSES, numpy.float32), frozen,
                [[0.0] * CLASSES] * 5, numpy.broadcast_to(numpy.float32(0), (5, CLASSES))):
        with pytest.raises(ValueError, match="^out: "):
            network.run(images, out)
        assert not numpy.any(out)


def test_out_in_the_memory_of_the_inputs_is_refused(network):
    memory = numpy.zeros((5, 28, 28, 1), numpy.float32)
    with pytest.raises(ValueError, match="memory of the inputs"):
        network.run(memory, memory.reshape(-1)[:5 * CLASSES].reshape(5, CLASSES))


def test_inputs_that_do_not_fit_are_refused(network, images):
    for wrong in (images.astype(numpy.int64), images.view(numpy.int8), images / 255, (images / 255).astype(">f4"),
                  images[:, :, :27], images[..., 0], numpy.uint8(0), images.tolist(), images[:, :, :, [0, 0]],
                  numpy.zeros((5, 784), numpy.float32)):
        with pytest.raises(ValueError, match="uint8|NumPy array"):
            network.run(wrong)
    with pytest.raises(ValueError, match="expected a probability"):
        network.run(numpy.full((1, 28, 28, 1), 1.5, numpy.float32))


def test_no_samples(network, images):
    assert network.run(images[:0]).shape == (0, CLASSES)
    assert network.judge(images[:0]).novelty.shape == (0,)
    with pytest.raises(ValueError, match="shape"):
        network.run(images[:0, :27])


def test_what_is_unobserved_says_nothing(network, images):
    mask = numpy.ones((5, 28, 28), bool)
    mask[:, :14] = False
    other = images.copy()
    other[:, :14] = 255 - other[:, :14]
    found = network.run(images, mask=mask)
    assert (found == network.run(other, mask=mask)).all() and (found != network.run(images)).any()
    assert (found == network.run(images, mask=mask[..., None].view(numpy.uint8))).all()
    assert (found == network.run(images, mask=numpy.broadcast_to(mask[:1], mask.shape))).all()
    for wrong in (mask[:4], mask[:, :27], mask.astype(numpy.float32)):
        with pytest.raises(ValueError, match="mask"):
            network.run(images, mask=wrong)


def test_a_network_judges_and_explains(network, images):
    judgment = network.judge(images)
    assert numpy.allclose(judgment.log_posterior, network.run(images), atol=1e-4)
    assert (judgment.novelty >= 0).all() and ((judgment.p_value > 0) & (judgment.p_value <= 1)).all()
    assert judgment.p_value.max() < 0.05  # blobs are no digits
    assert network.evidence(images).shape[0] == 5
    explanation = network.explain(images[0], window=7, stride=7)
    assert explanation.label == network.run(images[:1]).argmax() and explanation.nats.shape == (28, 28)
    assert numpy.any(explanation.nats)
    upper = numpy.ones((28, 28), bool)
    upper[14:] = False
    assert not numpy.any(network.explain(images[0], window=7, stride=7, mask=upper).nats[14:])
    with pytest.raises(ValueError, match="stride"):
        network.explain(images[0], window=2, stride=3)
    with pytest.raises(ValueError, match="mask"):
        network.explain(images[0], mask=upper[:, :27])


def test_a_network_is_not_copied_and_a_model_is(network, model, images):
    for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="make another one"):
            duplicate(network)
    for twin in (copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert (fsdnet.Network(twin).run(images) == network.run(images)).all()


def test_others_run_while_it_computes(network, images):
    """A thread counts while another one is inside of one long call."""
    many, turns, done = numpy.broadcast_to(images[:1], (10000, 28, 28, 1)), 0, threading.Event()

    def compute():
        network.run(many)
        done.set()

    worker = threading.Thread(target=compute)
    worker.start()
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    worker.join()
    assert turns > 20
