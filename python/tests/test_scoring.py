"""Scoring in parts gives what one run gives: image files, the Scorer, and the adapters for Ray Data and Spark."""
import json
import pickle
import subprocess
import threading

import numpy
import pytest

import fsdnet
import fsdnet.ray
import fsdnet.spark
from fsdnet.scoring import UNKNOWN, Scorer


def as_pgm(image):
    return b"P5\n%d %d\n255\n" % image.shape[1::-1] + image.tobytes()


def test_image_files_become_what_classify_makes_of_them(model, network, images, tmp_path):
    ink = 255 - images[..., 0]  # dark on white, as people write
    paths = [tmp_path / f"{index}.pgm" for index in range(len(ink))]
    for path, image in zip(paths, ink):
        path.write_bytes(as_pgm(image))
    pixels = fsdnet.read_images(paths, model)
    assert pixels.shape == images.shape and pixels.dtype == numpy.uint8
    assert (fsdnet.read_images([path.read_bytes() for path in paths], model) == pixels).all()
    printed = json.loads(subprocess.run(["fsdnet", "classify", "--json", *paths], capture_output=True, check=True).stdout)
    said = [image["class"] for image in printed["images"]]
    assert said == [model.classes[label] for label in network.run(pixels).argmax(1)]


def test_what_is_no_image_is_named(model, images, tmp_path, points):
    whole = as_pgm(images[0, ..., 0])
    with pytest.raises(fsdnet.InputError, match=r"images\[1\]"):
        fsdnet.read_images([whole, whole[:100]], model)
    with pytest.raises(fsdnet.InputError, match="missing.png"):
        fsdnet.read_images([tmp_path / "missing.png"], model)
    vectors = fsdnet.train(fsdnet.Dataset(*points), size="small", epochs=1).model
    with pytest.raises(fsdnet.InputError, match="takes 3 numbers"):
        fsdnet.read_images([whole], vectors)


def test_a_scorer_says_what_the_network_says(model, network, images):
    scorer = pickle.loads(pickle.dumps(Scorer(model, unknown=0.05)))
    found, wanted = scorer(images), network.judge(images)
    assert (found.log_posterior == wanted.log_posterior).all() and (found.novelty == wanted.novelty).all()
    assert (found.p_value == wanted.p_value).all()
    label = wanted.log_posterior.argmax(1)
    assert (found.decision == numpy.where(wanted.p_value <= numpy.float32(0.05), UNKNOWN, label)).all()
    assert (found.decision == UNKNOWN).any()  # blobs are no digits
    assert (Scorer(model)(images).decision == label).all()
    assert Scorer(model)(images[:0]).decision.shape == (0,)
    plain = Scorer(model, novelty=False)(images)
    assert (plain.log_posterior == network.run(images)).all() and plain.novelty is None
    with pytest.raises(fsdnet.UnsupportedError, match="none is asked for"):
        Scorer(model, unknown=0.1, novelty=False)


def test_files_of_models_and_integers_are_scored(model, images, tmp_path):
    model.save(tmp_path / "model.safetensors")
    of_file = Scorer(tmp_path / "model.safetensors")
    (tmp_path / "model.safetensors").unlink()  # the scorer holds its content
    assert (pickle.loads(pickle.dumps(of_file))(images).p_value == Scorer(model)(images).p_value).all()
    integers = fsdnet.quantize(model, tmp_path / "integers.safetensors")
    found = pickle.loads(pickle.dumps(Scorer(tmp_path / "integers.safetensors")))(images)
    assert (found.log_posterior == integers.run(images)).all() and found.novelty is None
    with pytest.raises(fsdnet.UnsupportedError, match="novelty"):
        Scorer(tmp_path / "integers.safetensors", unknown=0.1)
    with pytest.raises(fsdnet.FileError, match="missing"):
        Scorer(tmp_path / "missing")
    with pytest.raises(fsdnet.InputError, match="between 0 and 1"):
        Scorer(model, unknown=1.5)


def test_threads_at_once_and_the_usual_number_afterwards(model, images):
    many = numpy.repeat(images, 200, 0)
    wanted, usual, found = Scorer(model)(many), fsdnet.threads(), {}
    scorer, inside = Scorer(model), []

    def score(number):
        found[number] = scorer(many)
        inside.append(scorer.network())

    at_work = [threading.Thread(target=score, args=[number]) for number in range(4)]
    for thread in at_work:
        thread.start()
    for thread in at_work:
        thread.join()
    assert all((found[number].log_posterior == wanted.log_posterior).all() for number in range(4))
    assert len({id(network) for network in inside}) == 4 and fsdnet.threads() == usual  # a network each


def test_a_batch_of_ray_data(model, images):
    add_scores = fsdnet.ray.scores(model, unknown=0.05)
    wanted = Scorer(model, 0.05)(images)
    found = pickle.loads(pickle.dumps(Scorer(model, 0.05))).table(images)
    batch = add_scores({"name": numpy.arange(5), "image": images})
    assert list(batch) == ["name", "log_posterior", "novelty", "p_value", "decision"]
    assert (batch["log_posterior"] == wanted.log_posterior).all() and (batch["decision"] == found["decision"]).all()
    files = add_scores({"image": [as_pgm(image) for image in 255 - images[..., 0]]})
    assert len(files["decision"]) == 5


def test_in_ray_data(model, images):
    ray = pytest.importorskip("ray.data", reason="Ray is not installed; `pip install ray[data]` has it.")
    rows = [{"name": index, "image": image} for index, image in enumerate(numpy.repeat(images, 40, 0))]
    scored = ray.from_items(rows).map_batches(fsdnet.ray.scores(model), batch_size=64, batch_format="numpy")
    wanted = Scorer(model)(images)
    for row in scored.take_all():
        assert row["decision"] == wanted.decision[row["name"] // 40]
        assert (row["log_posterior"] == wanted.log_posterior[row["name"] // 40]).all()


def test_frames_of_spark(model, images):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed; `pip install pandas` has it.")
    frames = [pandas.DataFrame({"name": [index], "image": [as_pgm(image)]}) for index, image in enumerate(255 - images[..., 0])]
    found = pandas.concat(fsdnet.spark.scores(model)(iter(frames)))
    assert list(found.columns) == ["name", *(part.split()[0] for part in fsdnet.spark.SCHEMA.split(", "))]
    inputs = fsdnet.read_images([as_pgm(image) for image in 255 - images[..., 0]], model)
    assert (numpy.stack(found["log_posterior"]) == Scorer(model)(inputs).log_posterior).all()


def test_in_spark(model, images):
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed; `pip install pyspark` and Java have it.")
    session = sql.SparkSession.builder.master("local[2]").getOrCreate()
    files = [as_pgm(image) for image in 255 - images[..., 0]]
    frame = session.createDataFrame(list(enumerate(files)), "name int, image binary")
    rows = frame.mapInPandas(fsdnet.spark.scores(model), "name int, " + fsdnet.spark.SCHEMA).collect()
    wanted = Scorer(model)(fsdnet.read_images(files, model))
    assert sorted((row["name"], row["decision"]) for row in rows) == list(enumerate(wanted.decision.tolist()))
