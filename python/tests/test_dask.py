"""Scores from the workers of Dask have the bits of a local run, whatever becomes of the workers."""
import io
import os
import signal
import time

import dask
import dask.array
import numpy
import pytest
from dask.diagnostics import ProgressBar
from dask.distributed import Client, LocalCluster, progress

import fsdnet
import fsdnet.dask
import fsdnet.scoring

PARTS = 40


@pytest.fixture(scope="module")
def many(images):
    """2000 images, no two alike, in 40 parts."""
    random = numpy.random.default_rng(5)
    return numpy.minimum(numpy.repeat(images, 400, 0), random.integers(0, 256, (2000, 28, 28, 1))).astype(numpy.uint8)


@pytest.fixture(scope="module")
def wanted(network, many):
    return network.judge(many)


@pytest.fixture(scope="module")
def client():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            yield client


def in_parts(many):
    return dask.array.from_array(many, chunks=(len(many) // PARTS, -1, -1, -1))


def require_same(scores, wanted):
    posterior, novelty, p_value, decision = dask.compute(*scores)
    assert (posterior == wanted.log_posterior).all()
    assert (novelty == wanted.novelty).all() and (p_value == wanted.p_value).all()
    label = numpy.where(wanted.p_value <= numpy.float32(0.01), fsdnet.dask.UNKNOWN, wanted.log_posterior.argmax(1))
    assert (decision == label).all() and decision.dtype == numpy.int32


@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_bits_in_this_process(model, many, wanted, scheduler):
    scores = fsdnet.dask.score(in_parts(many), model, unknown=0.01)
    assert scores.log_posterior.shape == (2000, 10) and scores.novelty.shape == scores.decision.shape == (2000,)
    with dask.config.set(scheduler=scheduler):
        require_same(scores, wanted)


def count_what_arrives():
    """In a worker: scorers that are sent to it, models that it loads, threads that kernels have."""
    scoring = fsdnet.scoring
    scoring.seen = {"sent": 0, "loaded": 0, "threads": set()}
    load, network = scoring._load, scoring.Scorer.network

    def counted_load(*given):
        scoring.seen["loaded"] += 1
        return load(*given)

    def seen_network(self):
        scoring.seen["threads"].add(fsdnet.threads())
        return network(self)

    def counted_state(self, state):
        scoring.seen["sent"] += 1
        self.__dict__.update(state)

    scoring._load, scoring.Scorer.network, scoring.Scorer.__setstate__ = counted_load, seen_network, counted_state


def what_arrived():
    return fsdnet.scoring.seen


def test_workers_get_the_model_once_and_use_one_thread(client, model, many, wanted):
    client.run(count_what_arrives)
    require_same(fsdnet.dask.score(in_parts(many), model, unknown=0.01), wanted)
    seen = client.run(what_arrived)
    assert len(seen) == 2
    for found in seen.values():
        assert found["sent"] <= 2 and found["loaded"] == 1 and found["threads"] == {1}, found


def slowly(part):
    time.sleep(0.05)
    return part


def test_what_a_killed_worker_had_to_do_is_done_again(client, model, many, wanted):
    processes = client.run(os.getpid)
    slow = in_parts(many).map_blocks(slowly, dtype=numpy.uint8, meta=numpy.empty((0, 0, 0, 0), numpy.uint8))
    scores = fsdnet.dask.score(slow, model, unknown=0.01)
    futures = client.compute(list(scores))
    time.sleep(0.5)  # of a second that two workers need
    assert not all(future.done() for future in futures)
    os.kill(next(iter(processes.values())), signal.SIGKILL)
    require_same(client.gather(futures), wanted)
    client.wait_for_workers(2, timeout=300)
    assert set(client.run(os.getpid).values()) != set(processes.values())


def test_progress_is_dasks_own(client, model, many, capsys):
    decision = fsdnet.dask.score(in_parts(many), model).decision
    out = io.StringIO()
    with ProgressBar(out=out, minimum=0), dask.config.set(scheduler="synchronous"):
        decision.compute()
    assert "100%" in out.getvalue()
    future = client.compute(decision)
    progress(future, notebook=False)
    assert future.result().shape == (2000,)


def test_npy_and_npz_files_one_behind_the_other(model, many, wanted, tmp_path):
    numpy.save(tmp_path / "a.npy", many[:700])
    numpy.savez(tmp_path / "b.npz", images=many[700:900], labels=numpy.zeros(200))
    numpy.savez_compressed(tmp_path / "c.npz", images=many[900:])
    files = [tmp_path / "a.npy", tmp_path / "b.npz", tmp_path / "c.npz"]
    inputs = fsdnet.dask.read_npy(files, chunk=300)
    assert inputs.chunks[0] == (300, 300, 100, 200, 1100)
    require_same(fsdnet.dask.score(inputs, model, unknown=0.01), wanted)
    with pytest.raises(fsdnet.InputError, match="b.npz"):
        fsdnet.dask.read_npy(files, name="pictures")
    numpy.save(tmp_path / "d.npy", many[:3, :5])
    with pytest.raises(fsdnet.InputError, match=r"d.npy.*\[3, 5, 28, 1\]; needed is uint8 \[sample, 28, 28, 1\]"):
        fsdnet.dask.read_npy([*files, tmp_path / "d.npy"])
    (tmp_path / "e.npy").write_bytes(b"nothing")
    with pytest.raises(fsdnet.InputError, match="e.npy"):
        fsdnet.dask.read_npy(tmp_path / "e.npy")
    with pytest.raises(fsdnet.FileError, match="f.npy"):
        fsdnet.dask.read_npy(tmp_path / "f.npy")
    with pytest.raises(fsdnet.InputError, match="found none"):
        fsdnet.dask.read_npy([])


def pgm(image):
    return b"P5\n%d %d\n255\n" % image.shape[1::-1] + (255 - image).tobytes()


def test_folders_of_image_files(client, model, network, images, tmp_path):
    for index, image in enumerate(images):
        folder = tmp_path / f"scan{index % 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"{index}.pgm").write_bytes(pgm(image))
        (folder / "notes.txt").write_text("no image")
    found = fsdnet.dask.read_folder(tmp_path, model, chunk=2)
    assert [os.path.relpath(path, tmp_path) for path in found.paths] == [f"scan{i % 2}/{i}.pgm" for i in (0, 2, 4, 1, 3)]
    assert found.inputs.chunks[0] == (2, 2, 1)
    posterior = fsdnet.dask.score(found.inputs, model, novelty=False).log_posterior.compute()
    assert (posterior == network.run(fsdnet.read_images(found.paths, model))).all()
    (tmp_path / "scan0" / "2.pgm").write_bytes(pgm(images[2])[:50])
    with pytest.raises(fsdnet.InputError, match="2.pgm"):
        fsdnet.dask.score(found.inputs + 0, model).log_posterior.compute()
    (tmp_path / "empty").mkdir()
    with pytest.raises(fsdnet.InputError, match="no image files"):
        fsdnet.dask.read_folder(tmp_path / "empty", model)


def test_parquet_of_image_files(model, network, images, tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed; `pip install pyarrow` has it.")
    parquet = pytest.importorskip("pyarrow.parquet")
    files = [pgm(image) for image in images]
    parquet.write_table(pyarrow.table({"image": files, "name": list("abcde")}), tmp_path / "a.parquet", row_group_size=2)
    inputs = fsdnet.dask.read_parquet(tmp_path / "a.parquet", model)
    assert inputs.chunks[0] == (2, 2, 1)
    posterior = fsdnet.dask.score(inputs, model, novelty=False).log_posterior.compute(scheduler="synchronous")
    assert (posterior == network.run(fsdnet.read_images(files, model))).all()
    with pytest.raises(fsdnet.InputError, match="no column 'picture'; it has image, name"):
        fsdnet.dask.read_parquet(tmp_path / "a.parquet", model, "picture")


def test_vectors_and_numbers(points):
    inputs, labels = points
    classes = fsdnet.train(fsdnet.Dataset(inputs, labels), size="small", epochs=1).model
    rows = dask.array.from_array(inputs, chunks=(50, 2))  # whose rows are in two parts, too
    scores = fsdnet.dask.score(rows, classes)
    wanted = fsdnet.Network(classes).run(inputs)
    assert (scores.log_posterior.compute(scheduler="synchronous") == wanted).all()
    assert (scores.decision.compute(scheduler="synchronous") == wanted.argmax(1)).all()
    numbers = fsdnet.train(fsdnet.Dataset(inputs, inputs[:, :2]), size="small", epochs=1).model
    scores = fsdnet.dask.score(rows, numbers)
    assert scores.decision is None and scores.novelty is None
    assert (scores.log_posterior.compute(scheduler="synchronous") == fsdnet.Network(numbers).run(inputs)).all()


def test_what_does_not_fit_is_said_before_anything_runs(model, many):
    for wrong in (in_parts(many)[:, :5], in_parts(many).astype(numpy.int64), in_parts(many)[0]):
        with pytest.raises(fsdnet.InputError):
            fsdnet.dask.score(wrong, model)
    with pytest.raises(fsdnet.InputError, match="found a number"):
        fsdnet.dask.score(dask.array.from_array(numpy.float32(1)), model)
