"""Runs the command line on arrays."""
import json
import os
import pathlib
import subprocess
import tempfile

import numpy

PROGRAM = os.environ["FSDNET_PROGRAM"]
MODELS = pathlib.Path(os.environ["FSDNET_MODELS"])


class Folder:
    """A temporary folder of .npy files."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()

    def file(self, name, array):
        path = pathlib.Path(self.folder.name) / (name + ".npy")
        numpy.save(path, array)
        return str(path)

    def cleanup(self):
        self.folder.cleanup()


def fsdnet(*arguments):
    """What the verb prints with --json."""
    finished = subprocess.run([PROGRAM, *arguments, "--json"], capture_output=True, check=False)
    if finished.returncode != 0:
        raise AssertionError(f"fsdnet {arguments[0]} ended with code {finished.returncode}: "
                             f"{finished.stderr.decode(errors='replace')}")
    return json.loads(finished.stdout)
