"""fsdnet as a contender: networks over its C interface or compiled, single kernels by name."""
import ctypes
import pathlib

import numpy

from c_interface import Library, Network
from contender import Contender

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Ours:
    name = "fsdnet"

    def __init__(self, library, threads):
        self.library = Library(library)
        functions = self.library.functions
        functions.rivals_error.restype = ctypes.c_char_p
        functions.rivals_call.restype = ctypes.c_void_p
        functions.rivals_call.argtypes = [ctypes.c_char_p]
        functions.rivals_set_tensor.argtypes = [
            ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
        functions.rivals_set_scalar.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double]
        functions.rivals_run.argtypes = [ctypes.c_void_p]
        for name, arguments in (("rivals_peak", [ctypes.c_int]), ("rivals_copy_bandwidth", [ctypes.c_size_t, ctypes.c_int])):
            getattr(functions, name).restype = ctypes.c_double
            getattr(functions, name).argtypes = arguments
        functions.rivals_instruction_set.restype = ctypes.c_char_p
        self.threads = threads
        self.check(functions.rivals_set_threads(threads))

    def check(self, status):
        if status:
            raise RuntimeError(self.library.functions.rivals_error().decode())

    def kernels(self):
        return self.library.functions.rivals_instruction_set().decode()

    def peak(self):
        """Operations per second, two for a multiply-add."""
        return self.library.functions.rivals_peak(self.threads)

    def copy_bandwidth(self, size):
        """Bytes read and written per second."""
        return self.library.functions.rivals_copy_bandwidth(size, self.threads)

    def image_shape(self, model):
        size = Network(self.library, model).description["input"]
        return size["height"], size["width"], size["colors"]

    def network(self, model, images):
        """A network on images; the result is its log-posterior."""
        network = Network(self.library, model)
        log_posterior = network.run(images)
        run, handle, count = self.library.functions.fsdnet_run, network.handle, len(images)
        source, target = images.ctypes.data, log_posterior.ctypes.data

        def call():
            run(handle, source, count, target)

        return Contender(self.name, call, lambda: log_posterior, keep=(network, images))

    def compiled(self, function, images, classes):
        """A network as one function (fsdnet compile), which runs on one thread."""
        log_posterior = numpy.empty((len(images), classes), numpy.float32)
        run = self.library.functions[function]
        run.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
        count, source, target = len(images), images.ctypes.data, log_posterior.ctypes.data

        def call():
            run(source, count, target)

        return Contender(self.name, call, lambda: log_posterior, keep=images)

    def kernel(self, op, tensors, result, scalars=None):
        """A kernel on float32 arrays by argument name; `result` names the argument that it writes."""
        functions = self.library.functions
        handle = functions.rivals_call(op.encode())
        if not handle:
            raise RuntimeError(functions.rivals_error().decode())
        for name, array in tensors.items():
            shape = numpy.array(array.shape, numpy.int32)
            self.check(functions.rivals_set_tensor(handle, name.encode(), array.ctypes.data, array.ndim,
                                                   shape.ctypes.data))
        for name, value in (scalars or {}).items():
            self.check(functions.rivals_set_scalar(handle, name.encode(), value))
        self.check(functions.rivals_run(handle))
        return Contender(self.name, lambda: functions.rivals_run(handle), lambda: tensors[result], keep=tensors)
