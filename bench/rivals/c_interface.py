"""The C interface (runtime/fsdnet.h) from Python, as bare as measurements and comparisons need it: dense arrays, no checks.
The package `fsdnet` (docs/python.md) is for everybody else."""
import ctypes
import json

import numpy


class Library:
    """A loaded shared library that exports the C interface."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(str(path))
        run = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
        for name, result, arguments in (
            ("fsdnet_last_error", ctypes.c_char_p, []),
            ("fsdnet_load", ctypes.c_void_p, [ctypes.c_char_p]),
            ("fsdnet_free", None, [ctypes.c_void_p]),
            ("fsdnet_describe", ctypes.c_char_p, [ctypes.c_void_p]),
            ("fsdnet_result_size", ctypes.c_int, [ctypes.c_void_p]),
            ("fsdnet_run", ctypes.c_int, run),
            ("fsdnet_run_floats", ctypes.c_int, run),
        ):
            function = getattr(self.functions, name)
            function.restype, function.argtypes = result, arguments


class Network:
    """Raises RuntimeError with the library's sentence on failure."""

    def __init__(self, library, path):
        self.functions = library.functions
        self.handle = self.functions.fsdnet_load(str(path).encode())
        if not self.handle:
            raise RuntimeError(self.functions.fsdnet_last_error().decode())
        self.description = json.loads(self.functions.fsdnet_describe(self.handle).decode())
        self.result_size = self.functions.fsdnet_result_size(self.handle)

    def __del__(self):
        if self.handle:
            self.functions.fsdnet_free(self.handle)

    def run(self, inputs):
        """inputs: dense uint8 or float32 [sample, ...]. Gives float32 [sample, class or number]."""
        assert inputs.flags.c_contiguous and inputs.dtype in (numpy.uint8, numpy.float32)
        out = numpy.empty((len(inputs), self.result_size), numpy.float32)
        run = self.functions.fsdnet_run if inputs.dtype == numpy.uint8 else self.functions.fsdnet_run_floats
        if run(self.handle, inputs.ctypes.data, len(inputs), out.ctypes.data) != 0:
            raise RuntimeError(self.functions.fsdnet_last_error().decode())
        return out
