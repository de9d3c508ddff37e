"""Times fsdnet.dask: images per second of a network in this process, of one worker and of two, in turns, and what memory two
workers have while a million images pass. Needs the installed package with Dask: bench/dask_scoring.py --help."""
import argparse
import json
import logging
import pathlib
import statistics
import tempfile
import threading
import time

import dask
import numpy
import psutil
from dask.distributed import Client, LocalCluster

import fsdnet
import fsdnet.dask


def write_images(path, count):
    """Bytes at random in the middle, no two images alike."""
    random = numpy.random.default_rng(1)
    images = numpy.lib.format.open_memmap(path, "w+", numpy.uint8, (count, 28, 28, 1))
    for first in range(0, count, 10000):
        part = images[first:first + 10000]
        part[:, 4:24, 4:24] = random.integers(0, 256, (len(part), 20, 20, 1), numpy.uint8)
    del images


def cluster_of(workers):
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR)


def local(network, images, chunk):
    for first in range(0, len(images), chunk):
        network.judge(numpy.array(images[first:first + chunk]))


def by_workers(path, count, model, chunk):
    scores = fsdnet.dask.score(fsdnet.dask.read_npy(path, chunk=chunk)[:count], model, unknown=0.01)
    dask.compute(scores.log_posterior, scores.p_value, scores.decision)


def measured(work, client=None):
    """Seconds: of the wall, of the CPU in the workers, of the CPU in this process, which schedules and gathers."""
    of_workers = (lambda: sum(client.run(time.process_time).values())) if client else (lambda: 0)
    workers, own, start = of_workers(), time.process_time(), time.perf_counter()
    work()
    wall, own = time.perf_counter() - start, time.process_time() - own
    return numpy.array([wall, of_workers() - workers, own])


def rates(options, model, path):
    """Medians over the rounds, ways in turns; the first turn warms. Ratios are of the same turn."""
    network, images = fsdnet.Network(model), numpy.load(path, mmap_mode="r")[:options.images]
    fsdnet.set_threads(1)
    clusters = {workers: cluster_of(workers) for workers in (1, 2)}
    turns = []
    for _ in range(options.rounds + 1):
        turn = {"local": measured(lambda: local(network, images, options.chunk))}
        for workers, cluster in clusters.items():
            with Client(cluster) as client:
                turn[workers] = measured(lambda: by_workers(path, options.images, model, options.chunk), client)
        turns.append(turn)
    for cluster in clusters.values():
        cluster.close()
    median = {way: numpy.median([turn[way] for turn in turns[1:]], axis=0) for way in turns[0]}
    ratio = {"rate of two workers / of one": [turn[1][0] / turn[2][0] for turn in turns[1:]],
             "rate of one worker / local": [turn["local"][0] / turn[1][0] for turn in turns[1:]],
             "CPU local / CPU of one worker": [turn["local"][2] / turn[1][1] for turn in turns[1:]],
             "CPU local / CPU of two workers": [turn["local"][2] / turn[2][1] for turn in turns[1:]]}
    return {"images per second": {str(way): round(options.images / value[0]) for way, value in median.items()},
            "microseconds of CPU per image": {str(way): {"workers": round(value[1] / options.images * 1e6, 2),
                                                         "this process": round(value[2] / options.images * 1e6, 2)}
                                              for way, value in median.items()},
            "ratios": {name: round(statistics.median(values), 3) for name, values in ratio.items()}}


def memory(options, model, path):
    """MB of the workers' own memory (without pages of files), sampled while all images pass."""
    samples, done = [], threading.Event()
    with cluster_of(2) as cluster, Client(cluster) as client:
        processes = [psutil.Process(pid) for pid in client.run(lambda: __import__("os").getpid()).values()]

        def sample():
            while not done.wait(0.25):
                infos = [process.memory_info() for process in processes]
                samples.append([round((info.rss - info.shared) / 1e6, 1) for info in infos])

        watcher = threading.Thread(target=sample)
        watcher.start()
        scores = fsdnet.dask.score(fsdnet.dask.read_npy(path, chunk=options.chunk), model, unknown=0.01)
        seconds = measured(lambda: dask.compute(scores.p_value, scores.decision))[0]
        done.set()
        watcher.join()
    tenths = [samples[min(len(samples) - 1, len(samples) * tenth // 10)] for tenth in range(1, 11)]
    return {"images": options.million, "seconds": round(seconds, 1), "MB of each worker, by tenths of the time": tenths,
            "most": [max(values) for values in zip(*samples)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=str(fsdnet.MODELS / "mnist-16-32.safetensors"))
    parser.add_argument("--images", type=int, default=100000, help="of a timing")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--million", type=int, default=0, help="images of the run whose memory is watched; 0: none")
    parser.add_argument("--chunk", type=int, default=(1 << 24) // 784, help="samples per part [as read_npy() takes them]")
    options = parser.parse_args()
    # On a machine that is busy with other work a worker may take minutes to start, which Dask takes for a failure ("Nanny
    # failed to start"); the worker gets the settings with its start.
    dask.config.set({"distributed.comm.timeouts.connect": "600s", "distributed.comm.timeouts.tcp": "600s",
                     "distributed.scheduler.worker-ttl": None})
    model = fsdnet.load_model(options.model)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "images.npy"
        write_images(path, max(options.images, options.million))
        report = {"model": pathlib.Path(options.model).name, "chunk": options.chunk}
        report |= rates(options, model, path) if options.rounds else {}
        report |= {"memory": memory(options, model, path)} if options.million else {}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
