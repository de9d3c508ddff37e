"""Training on arrays, with callbacks; evaluation; data from files."""
import signal
import threading

import numpy
import pytest

import fsdnet


def test_a_network_learns_two_clouds(points):
    inputs, labels = points
    data = fsdnet.Dataset(inputs, numpy.array(["left", "right"])[labels])
    heard = []
    trained = fsdnet.train(data, epochs=5, rate=0.01, validation=data, callback=heard.append)
    assert [epoch.number for epoch in heard] == [1, 2, 3, 4, 5] and heard == trained.history
    assert heard[-1].validation.accuracy > 0.95 > 0.9 and heard[-1].loss < heard[0].loss
    found = fsdnet.evaluate(fsdnet.Network(trained.model), data)
    assert found.samples == 300 and found.accuracy == heard[-1].validation.accuracy
    assert found.confusion.sum() == 300 and found.confusion.trace() == round(300 * found.accuracy)
    assert trained.model.classes == ["left", "right"]
    again = fsdnet.train(data, epochs=5, rate=0.01)
    assert all((again.model.tensors[name] == tensor).all() for name, tensor in trained.model.tensors.items())
    other = fsdnet.train(data, epochs=5, rate=0.01, seed=1)
    assert any((other.model.tensors[name] != tensor).any() for name, tensor in trained.model.tensors.items())


def test_a_network_predicts_numbers(points):
    inputs, _ = points
    data = fsdnet.Dataset(inputs, inputs[:, 0] - 2 * inputs[:, 1])
    network = fsdnet.Network(fsdnet.train(data, epochs=30, rate=0.01).model)
    found = fsdnet.evaluate_regression(network, data)
    assert found.samples == 300 and found.r2 > 0.9
    with pytest.raises(ValueError, match="classes"):
        fsdnet.evaluate(network, data)


def test_images_are_trained_calibrated_and_judged():
    random = numpy.random.default_rng(4)
    labels = random.integers(0, 2, 1200)
    images = random.integers(0, 60, (1200, 8, 8)).astype(numpy.uint8)
    images[labels == 1, 2:6, 2:6] += 120
    trained = fsdnet.train(fsdnet.Dataset(images, labels), size="small", epochs=1, shift=1)
    assert trained.calibration > 0 and trained.model.has_novelty
    network = fsdnet.Network(trained.model)
    assert (network.run(images[..., None]).argmax(1) == labels).mean() > 0.9
    usual, strange = network.judge(images[..., None]), network.judge(255 - images[..., None])
    assert numpy.median(strange.novelty) > numpy.median(usual.novelty)
    refitted = fsdnet.fit_novelty(trained.model, images[:400, ..., None])
    assert refitted.has_novelty and refitted.parameter_count == trained.model.parameter_count


def test_a_callback_ends_a_training(points):
    data = fsdnet.Dataset(*points)
    ended = fsdnet.train(data, epochs=9, callback=lambda epoch: epoch.number == 2)
    assert len(ended.history) == 2 and fsdnet.Network(ended.model).run(points[0]).shape == (300, 2)

    def fail(epoch):
        raise KeyError(epoch.number)

    with pytest.raises(KeyError, match="1"):
        fsdnet.train(data, epochs=9, callback=fail)


def test_training_stops_early_with_the_best_weights(points):
    inputs, labels = points
    noise = numpy.random.default_rng(5).random(300) < 0.3
    data = fsdnet.Dataset(inputs, numpy.where(noise, 1 - labels, labels))
    trained = fsdnet.train(data, epochs=80, rate=0.1, patience=3, holdout=60, size="large")
    losses = [epoch.held_out_loss for epoch in trained.history]
    assert len(losses) < 80 and numpy.argmin(losses) == len(losses) - 4
    best = fsdnet.train(data, epochs=80, rate=0.1, patience=80, holdout=60, size="large",
                        callback=lambda epoch: epoch.number == len(losses) - 3)
    assert all((best.model.tensors[name] == tensor).all() for name, tensor in trained.model.tensors.items())
    with pytest.raises(ValueError, match="at least 2"):
        fsdnet.train(data, patience=3, holdout=0)


def test_class_weights_find_a_rare_class():
    random = numpy.random.default_rng(6)
    labels = (numpy.arange(600) % 20 == 0).astype(int)
    inputs = random.uniform(-1, 1, (600, 2)).astype(numpy.float32) + 0.8 * labels[:, None].astype(numpy.float32)
    data = fsdnet.Dataset(inputs, labels)

    def found(**options):
        network = fsdnet.Network(fsdnet.train(data, size="small", rate=0.01, **options).model)
        return (network.run(inputs).argmax(1) == labels)[labels == 1].mean()

    assert found(class_weights="balanced") > found() + 0.1
    assert found(class_weights=[1, 19]) > found() + 0.1
    with pytest.raises(ValueError, match="3 class weights"):
        fsdnet.train(data, class_weights=[1, 2, 3])


def test_an_interrupt_ends_a_training(points):
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        fsdnet.train(fsdnet.Dataset(*points), epochs=100000)


def test_a_training_goes_on_from_its_checkpoint(points, tmp_path):
    data = fsdnet.Dataset(*points)
    whole = fsdnet.train(data, epochs=4)

    def stop(epoch):
        if epoch.number == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fsdnet.train(data, epochs=4, checkpoint=tmp_path / "state", callback=stop)
    resumed = fsdnet.train(data, epochs=4, checkpoint=tmp_path / "state", resume=True)
    assert all((whole.model.tensors[name] == tensor).all() for name, tensor in resumed.model.tensors.items())


def test_data_that_do_not_fit_are_refused(points, images, network):
    inputs, labels = points
    for wrong_inputs, answers in ((inputs, labels[:-1]), (inputs.astype(int), labels), (inputs * numpy.nan, labels),
                                  (inputs, labels * 1j), (inputs, numpy.full(300, numpy.inf)), (inputs[0], labels)):
        with pytest.raises(ValueError, match="needed"):
            fsdnet.Dataset(wrong_inputs, answers)
    with pytest.raises(ValueError, match="from 0 to 0"):
        fsdnet.Dataset(inputs, labels, ["only"])
    with pytest.raises(ValueError, match="none of"):
        fsdnet.Dataset(inputs, labels.astype(str), ["1", "2"])
    data = fsdnet.Dataset(inputs, labels)
    for wrong in ({"size": "huge"}, {"epochs": 0}, {"optimizer": "luck"}, {"batch": 301}, {"holdout": 1}, {"resume": True},
                  {"description": fsdnet.MODELS / "mnist-16-32.json"}):
        with pytest.raises(ValueError):
            fsdnet.train(data, **wrong)
    with pytest.raises(TypeError, match="'epochs'"):
        fsdnet.train(data, epochs="many")
    with pytest.raises(ValueError, match="network's classes"):
        fsdnet.evaluate(network, fsdnet.Dataset(images, [0, 1, 0, 1, 0]))


def test_data_are_read_from_files(points, images, network, tmp_path):
    inputs, labels = points
    numpy.save(tmp_path / "x.npy", inputs)
    numpy.save(tmp_path / "y.npy", labels)
    data = fsdnet.load_data(tmp_path / "x.npy", labels=tmp_path / "y.npy")
    assert (data.inputs[:, 0, 0] == inputs).all() and (data.labels == labels).all() and not data.has_split
    assert len(data) == 300 and data.classes == ["0", "1"] and data.targets is None and "x.npy" in data.source
    numpy.save(tmp_path / "i.npy", images)
    numpy.save(tmp_path / "l.npy", numpy.arange(5))
    digits = fsdnet.load_data(tmp_path / "i.npy", "test", labels=tmp_path / "l.npy", model=network.model)
    assert fsdnet.evaluate(network, digits).samples == 5
    with pytest.raises(ValueError, match="split"):
        fsdnet.load_data(tmp_path / "x.npy", "both")
    with pytest.raises(OSError):
        fsdnet.load_data(tmp_path / "absent.npy")
