"""Runs the command line in a process, under limits; every end must be an exit code with one sentence."""
import os
import pathlib
import resource
import subprocess

PROGRAM = os.environ["FSDNET_PROGRAM"]
MODELS = pathlib.Path(os.environ["FSDNET_MODELS"])
FAULTS = os.environ["FSDNET_FAULTS"]


def limits(memory=None, files=None, file_bytes=None):
    def apply():
        for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_NOFILE, files),
                             (resource.RLIMIT_FSIZE, file_bytes)):
            if value is not None:
                resource.setrlimit(limit, (value, value))
    return apply


def finished(words, **settings):
    """The ended process. Where a read fails, Fontconfig's own line holds whatever bytes stood on its stack, so that what a
    process says need not be UTF-8."""
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, errors="backslashreplace",
                          stdin=subprocess.DEVNULL, **settings)


def fsdnet(*words, environment=None, **given):
    return finished([PROGRAM, *words], timeout=120, env={**os.environ, **(environment or {})}, preexec_fn=limits(**given))


def with_faults(**settings):
    return {"LD_PRELOAD": FAULTS, **{name: str(value) for name, value in settings.items()}}


def fault_of(ended, codes=(2, 3, 4)):
    """What is wrong with the way in which a process ended, or None."""
    loader = "error while loading shared libraries" in ended.stderr
    if ended.returncode == 0 or loader:
        return None
    if ended.returncode not in codes:
        return f"ended with {ended.returncode}: {ended.stderr[-300:]}"
    if not ended.stderr.strip() or "Internal fault" in ended.stderr:
        return f"no good sentence: {ended.stderr[-300:]}"
    return None


def network_file(folder):
    """A gray image as the network sees it, for `classify`: 28 x 28 bytes in a PGM file."""
    path = pathlib.Path(folder) / "digit.pgm"
    rows = bytes(255 if 10 < x < 16 and 4 < y < 24 else 0 for y in range(28) for x in range(28))
    path.write_bytes(b"P5 28 28 255\n" + rows)
    return path


def idx_data(folder):
    """MNIST's files with 40 images, and a description that is trained on them in a moment."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for part in ("train", "t10k"):
        number = lambda value: value.to_bytes(4, "big")
        pixels = bytes((7 * i + 3 * j) % 256 for i in range(40) for j in range(784))
        (folder / f"{part}-images-idx3-ubyte").write_bytes(b"\0\0\x08\x03" + number(40) + number(28) * 2 + pixels)
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + number(40) + bytes(i % 10 for i in range(40)))
    return folder
