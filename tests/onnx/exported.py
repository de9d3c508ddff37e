"""What the tests share: the library, the program, and ONNX Runtime on what `fsdnet export` writes. The environment
names FSDNET_PROGRAM, FSDNET_LIBRARY (libfsdnet.so) and FSDNET_MODELS, and optionally FSDNET_DATA."""
import os
import pathlib
import subprocess
import sys

import onnxruntime

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "apps" / "shared_library"))
from fsdnet import Library  # noqa: E402

PROGRAM = os.environ["FSDNET_PROGRAM"]
LIBRARY = Library(os.environ["FSDNET_LIBRARY"])
COMMITTED = pathlib.Path(os.environ["FSDNET_MODELS"]) / "mnist.safetensors"


def exported(model, folder, *options):
    """An ONNX Runtime session on one thread."""
    file = pathlib.Path(folder) / "model.onnx"
    subprocess.run([PROGRAM, "export", str(model), "--out", str(file), *options], check=True,
                   stdout=subprocess.DEVNULL)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
