"""The C interface (runtime/fsdnet.h) from Python: libfsdnet.so by ctypes, arrays by NumPy."""
import ctypes
import json

import numpy


class Library:
    """A loaded shared library that exports the C interface."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(str(path))
        for name, result, arguments in (
            ("fsdnet_last_error", ctypes.c_char_p, []),
            ("fsdnet_load", ctypes.c_void_p, [ctypes.c_char_p]),
            ("fsdnet_free", None, [ctypes.c_void_p]),
            ("fsdnet_describe", ctypes.c_char_p, [ctypes.c_void_p]),
            ("fsdnet_run", ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]),
        ):
            function = getattr(self.functions, name)
            function.restype, function.argtypes = result, arguments

    def last_error(self):
        return self.functions.fsdnet_last_error().decode()


class Network:
    """A network that is ready to run. Raises RuntimeError with the library's sentence on failure."""

    def __init__(self, library, path):
        self.library = library
        self.handle = library.functions.fsdnet_load(str(path).encode())
        if not self.handle:
            raise RuntimeError(library.last_error())
        self.description = json.loads(library.functions.fsdnet_describe(self.handle).decode())

    def __del__(self):
        if getattr(self, "handle", None):
            self.library.functions.fsdnet_free(self.handle)

    def run(self, images, log_posterior=None):
        """images: uint8 [sample, y, x, color] -> log_posterior: float32 [sample, class], nats."""
        size = self.description["input"]
        shape = (len(images), size["height"], size["width"], size["colors"])
        if images.dtype != numpy.uint8 or images.shape != shape or not images.flags.c_contiguous:
            raise ValueError(f"expected dense uint8 images {shape}, found {images.dtype} {images.shape}")
        if log_posterior is None:
            log_posterior = numpy.empty((len(images), len(self.description["classes"])), numpy.float32)
        status = self.library.functions.fsdnet_run(self.handle, images.ctypes.data, len(images),
                                                   log_posterior.ctypes.data)
        if status != 0:
            raise RuntimeError(self.library.last_error())
        return log_posterior
