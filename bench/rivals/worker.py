"""One process with a fixed number of threads: compares every case with every rival and prints a JSON row for each."""
import argparse
import importlib
import json
import re
import tempfile

import int8
import networks
import operators
from contender import Missing
from measure import compare
from ours import Ours

EVERY_OPERATOR = ("linear", "conv_log_softmax", "conv_relu", "log_softmax")
# What takes part: the module that knows it, how it is made, and which single operators it has.
RIVALS = {
    "ONNX Runtime": ("onnx_runtime", "OnnxRuntime", {}, EVERY_OPERATOR),
    "OpenVINO": ("open_vino", "OpenVino", {}, EVERY_OPERATOR),
    "PyTorch eager": ("py_torch", "PyTorch", {}, EVERY_OPERATOR),
    "PyTorch compiled": ("py_torch", "PyTorch", {"compiled": True}, EVERY_OPERATOR),
    "OpenBLAS": ("open_blas", "OpenBlas", {}, ("linear",)),
    "oneDNN": ("py_torch", "OneDnn", {}, ("linear",)),
    "XNNPACK": ("xnnpack", "Xnnpack", {}, EVERY_OPERATOR),
}
COPIED = 128 << 20  # bytes
RUN_NETWORKS = ("ONNX Runtime", "OpenVINO", "PyTorch eager", "PyTorch compiled", "XNNPACK")


class Worker:
    def __init__(self, options):
        self.options = options
        self.ours = Ours(options.library, options.threads)
        self.rivals, self.missing = {}, {}
        for name, (module, maker, settings, _) in RIVALS.items():
            try:
                self.rivals[name] = getattr(importlib.import_module(module), maker)(options.threads, **settings)
            except (Missing, ImportError, OSError) as reason:
                self.missing[name] = str(reason)

    def takes_part(self, case):
        return re.search(self.options.only, case) is not None

    def emit(self, case, precision, batch, rival, **measured):
        version = getattr(self.rivals.get(rival), "version", None)
        row = {"case": case, "precision": precision, "batch": batch, "threads": self.options.threads, "rival": rival,
               "version": version, **measured}
        print(json.dumps(row), flush=True)

    def shares(self, seconds, work):
        """Of the machine's peak, of what takes so many seconds: work in `operations`, or in `bytes` of memory."""
        if "operations" in work:
            return {"of_peak": work["operations"] / seconds / self.ours.peak()}
        return {"of_copy": work["bytes"] / seconds / self.ours.copy_bandwidth(work["bytes"])} if "bytes" in work else {}

    def measure(self, case, precision, batch, rival, ours, make, check, tolerance, work=None):
        """`make()` gives the rival's contender; `check(ours, theirs)` a number that is at most `tolerance`."""
        if rival in self.missing:
            self.emit(case, precision, batch, rival, missing=self.missing[rival])
            return
        try:
            contender = make(self.rivals[rival])
        except Missing as reason:
            self.emit(case, precision, batch, rival, missing=str(reason))
            return
        except Exception as failure:  # a rival that fails does not end the run of the others
            self.emit(case, precision, batch, rival, missing=f"failed: {type(failure).__name__}: {failure}"[:300])
            return
        ours.run()
        contender.run()
        found = check(ours.result(), contender.result())
        if not found <= tolerance:
            self.emit(case, precision, batch, rival, mismatch=found, tolerance=tolerance)
            return
        times = compare(ours, contender, self.options.threads, self.options.rounds)
        self.emit(case, precision, batch, rival, difference=found, tolerance=tolerance, **times,
                  **self.shares(times["ours_seconds"], work or {}))

    def run_network(self, name, batch, model, file):
        case = f"network {name}"
        images = networks.images_for(name, batch, self.options.data, self.ours.image_shape(model))
        ours = self.ours.network(model, images)
        for rival in RUN_NETWORKS:
            self.measure(case, "f32", batch, rival, ours, lambda it: it.network(file, images),
                         networks.posterior_difference, networks.POSTERIOR_TOLERANCE)
        if name in networks.COMMITTED:
            self.run_compiled(f"{case} compiled", batch, file, images, *networks.COMMITTED[name])
        else:
            self.emit(case, "int8", batch, "all", missing="decisions are compared, which weights drawn at random lack")

    def run_compiled(self, case, batch, file, images, function, function_int8):
        """A committed network as a static library, in float32 and, where there is such a one, in 8 bits."""
        if self.options.threads > 1:
            self.emit(case, "f32 and int8", batch, "all", missing="a compiled network runs on its caller's thread")
            return
        ours = self.ours.compiled(function, images, networks.MNIST_CLASSES)
        for rival in RUN_NETWORKS:
            self.measure(case, "f32", batch, rival, ours, lambda it: it.network(file, images),
                         networks.posterior_difference, networks.POSTERIOR_TOLERANCE)
        if function_int8 is None:
            self.emit(case, "int8", batch, "all", missing="fsdnet makes 8-bit networks of FSD networks alone")
            return
        ours = self.ours.compiled(function_int8, images, networks.MNIST_CLASSES)
        real = networks.mnist_images(self.options.data)
        makers = {"ONNX Runtime": lambda it: it.network(int8.quantized(file, real), images),
                  "OpenVINO": lambda it: it.network(int8.quantized(file, real), images),
                  "PyTorch eager": lambda it: it.network_int8(file, images, int8.calibration(real)),
                  "PyTorch compiled": lambda it: it.network_int8(file, images, int8.calibration(real))}
        for rival, make in makers.items():
            self.measure(case, "int8", batch, rival, ours, make,
                         lambda a, b: 1 - networks.agreement(a, b), 1 - networks.INT8_LEAST_AGREEMENT)
        self.emit(case, "int8", batch, "XNNPACK", missing="no 8-bit form of this graph is made for XNNPACK here")

    def run_operator(self, case):
        ours = case["ours"](self.ours)
        for rival, (*_, known) in RIVALS.items():
            if case["method"] in known:
                self.measure(case["name"], "f32", None, rival, ours,
                             lambda it: getattr(it, case["method"])(*case["operands"]),
                             operators.difference, operators.TOLERANCE, case["work"])

    def emit_facts(self):
        kernels = {rival.name: rival.kernels() for rival in self.rivals.values() if hasattr(rival, "kernels")}
        print(json.dumps({"threads": self.options.threads, "peak": self.ours.peak(), "copy": self.ours.copy_bandwidth(COPIED),
                          "kernels": {"fsdnet": self.ours.kernels(), **kernels}}), flush=True)

    def run(self):
        self.emit_facts()
        for case in operators.cases():
            if self.takes_part(case["name"]):
                self.run_operator(case)
        with tempfile.TemporaryDirectory() as folder:
            for name in (*networks.COMMITTED, *networks.DRAWN):
                if not self.takes_part(f"network {name}"):
                    continue
                model, file = networks.prepare(name, folder, self.options.program)
                for batch in self.options.batch:
                    self.run_network(name, batch, model, file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--batch", type=int, nargs="+", default=networks.BATCHES)
    Worker(parser.parse_args()).run()


if __name__ == "__main__":
    main()
