"""What the tests share: the library, one process that exports and imports, and ONNX Runtime on what is exported. The
environment names FSDNET_ONNX_FILES (tests/onnx/files.cpp), FSDNET_LIBRARY (libfsdnet.so) and FSDNET_MODELS, and
optionally FSDNET_DATA."""
import atexit
import json
import os
import pathlib
import subprocess
import sys

import onnxruntime

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench" / "rivals"))
from c_interface import Library  # noqa: E402

LIBRARY = Library(os.environ["FSDNET_LIBRARY"])
COMMITTED = pathlib.Path(os.environ["FSDNET_MODELS"]) / "mnist.safetensors"


class Files:
    """What `fsdnet export` and `fsdnet import` do, in one process for all files."""

    def __init__(self):
        self.process = subprocess.Popen([os.environ["FSDNET_ONNX_FILES"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        atexit.register(self.close)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, *words):
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def export(self, model, file, *options):
        answer = self.ask("export", model, file, *options)
        if answer["code"]:
            raise AssertionError(f"{model} is not exported: {answer}")

    def imported(self, file, model):
        """The reasons why it cannot be; None where it is."""
        answer = self.ask("import", file, model)
        return answer.get("refused")


FILES = Files()


def exported(model, folder, *options):
    """An ONNX Runtime session on one thread."""
    file = pathlib.Path(folder) / "model.onnx"
    FILES.export(model, file, *options)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
