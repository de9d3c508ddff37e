"""Networks in which every number is a probability: load, run, train, take apart, export (docs/python.md).

    network = fsdnet.load("digits.safetensors")
    log_posterior = network.run(images)     # uint8 [sample, y, x, color] -> float32 [sample, class], nats
"""
import pathlib

from fsdnet._fsdnet import __version__, set_threads, threads
from fsdnet.data import Dataset, load_data
from fsdnet.errors import CheckError, Error, FileError, InputError, InternalError, UnsupportedError
from fsdnet.evaluation import Evaluation, Regression, evaluate, evaluate_regression
from fsdnet.exporting import compile, export_onnx, import_onnx, quantize
from fsdnet.images import read_images
from fsdnet.inspection import inspect
from fsdnet.model import Input, Model, describe_model, load_model
from fsdnet.network import Explanation, Judgment, Network, fit_novelty, load
from fsdnet.training import Epoch, Trained, Validation, starter_network, train
from fsdnet.tuning import tune

# Trained networks and descriptions that come with the package, e.g. MODELS / "mnist-16-32.safetensors".
MODELS = pathlib.Path(__file__).parent / "share" / "fsdnet" / "models"

__all__ = [
    "CheckError", "Dataset", "Epoch", "Error", "Evaluation", "Explanation", "FileError", "Input", "InputError",
    "InternalError", "Judgment", "MODELS", "Model", "Network", "Regression", "Trained", "UnsupportedError",
    "Validation", "__version__", "compile", "describe_model", "evaluate", "evaluate_regression", "export_onnx",
    "fit_novelty", "import_onnx", "inspect", "load", "load_data", "load_model", "quantize", "read_images",
    "set_threads", "starter_network", "threads", "train", "tune",
]
