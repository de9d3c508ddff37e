"""Trainings by several processes that OpenMPI starts: small data, the launcher, and what it leaves."""
import os
import pathlib
import re
import subprocess

PROGRAM = os.environ["FSDNET_PROGRAM"]
LAUNCHER = os.environ["FSDNET_MPIRUN"]
# What is measured elsewhere stays out: no cores are bound, and root may run it where only root is.
LAUNCH = [LAUNCHER, "--oversubscribe", "--bind-to", "none", *(["--allow-run-as-root"] if os.geteuid() == 0 else [])]
# Two seconds from SIGTERM to SIGKILL and not one, for machines that are busy with other tests; mpirun always waits that long,
# before SIGTERM, too.
PATIENT = ["--mca", "odls_base_sigkill_timeout", "2"]
LIMIT = 120  # seconds, of any run here


def number(value):
    return value.to_bytes(4, "big")


def image_data(folder, images=97):
    """MNIST's files with bars at three places, which are the classes, and a little noise."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    labels = bytes((5 * i + i * i // 7) % 3 for i in range(images))
    pixels = bytes(200 + (x * y + i) % 50 if y // 3 == min(labels[i], 2) and y < 8 else (7 * i + 3 * x + y) % 60
                   for i in range(images) for y in range(8) for x in range(8))
    for part in ("train", "t10k"):
        (folder / f"{part}-images-idx3-ubyte").write_bytes(
            b"\0\0\x08\x03" + number(images) + number(8) * 2 + pixels)
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + number(images) + labels)
    (folder / "network.json").write_text(NETWORK)
    return folder


# An ordinary layer with running statistics in front of one of distributions would not fit; both kinds are tested with
# threads in the place of processes (tests/training/parts.cpp).
NETWORK = """{"input": {"height": 8, "width": 8, "colors": 1}, "layers": [
    {"op": "kld_conv", "name": "first", "window_y": 3, "window_x": 3, "stride_y": 1, "stride_x": 1,
     "padding_y": 0, "padding_x": 0, "groups": 1, "states": 4},
    {"op": "normalize"},
    {"op": "marginal_pool", "pool_window_y": 2, "pool_window_x": 2, "pool_stride_y": 2, "pool_stride_x": 2},
    {"op": "kld_linear", "name": "last", "groups": 1, "states": 10},
    {"op": "log_normalize"}]}"""


def training(data, output, *more, epochs=3):
    return [PROGRAM, "train", "--data", str(data), "--description", str(pathlib.Path(data) / "network.json"),
            "--output", str(output), "--epochs", str(epochs), "--batch", "10", "--shift", "1", "--holdout", "12",
            *map(str, more)]


def run(words, **given):
    return subprocess.run(words, capture_output=True, text=True, timeout=LIMIT, stdin=subprocess.DEVNULL, **given)


def launched(processes, words, options=()):
    return run([*LAUNCH, "-np", str(processes), *options, *words])


def start(processes, words):
    return subprocess.Popen([*LAUNCH, *PATIENT, "-np", str(processes), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, stdin=subprocess.DEVNULL)


def children(process):
    """The ranks that a launcher has started, in their order."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PPid:\t{process.pid}\n" in (entry / "status").read_text():
                variables = (entry / "environ").read_bytes().split(b"\0")
                rank = [v for v in variables if v.startswith(b"OMPI_COMM_WORLD_RANK=")]
                if rank:
                    found.append((int(rank[0].split(b"=")[1]), int(entry.name)))
        except OSError:
            pass  # it has ended
    return [pid for _, pid in sorted(found)]


def sentences(text):
    """What fsdnet said, without what the launcher says of itself."""
    return re.findall(r"^fsdnet: (.*)$", text, re.MULTILINE)
