"""The C interface (runtime/fsdnet.h) from Python: libfsdnet.so by ctypes, arrays by NumPy."""
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
            ("fsdnet_run_masked", ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int,
                                                 ctypes.c_size_t, ctypes.c_void_p]),
            ("fsdnet_judge", ctypes.c_int, run + [ctypes.c_void_p, ctypes.c_void_p]),
        ):
            function = getattr(self.functions, name)
            function.restype, function.argtypes = result, arguments

    def last_error(self):
        return self.functions.fsdnet_last_error().decode()


def require_dense(array, what, types, shapes):
    """Raises ValueError unless C may read `array` as one block of one of the types, of one of the shapes."""
    expected = (f"{what} must be a dense array of {' or '.join(type.__name__ for type in types)} of shape "
                f"{' or '.join(str(shape) for shape in shapes)}")
    if not isinstance(array, numpy.ndarray):
        raise ValueError(f"{expected}; found {type(array).__name__}")
    # A type of the other byte order is another type.
    if array.dtype not in [numpy.dtype(type) for type in types] or array.shape not in shapes:
        raise ValueError(f"{expected}; found {array.dtype} {array.shape}")
    if not (array.flags.c_contiguous and array.flags.aligned):
        raise ValueError(f"{expected}; found gaps or another order: numpy.ascontiguousarray() makes a dense copy")


class Network:
    """A network that is ready to run. Raises RuntimeError with the library's sentence on failure."""

    def __init__(self, library, path):
        self.library = library
        self.handle = library.functions.fsdnet_load(str(path).encode())
        if not self.handle:
            raise RuntimeError(library.last_error())
        self.description = json.loads(library.functions.fsdnet_describe(self.handle).decode())
        self.result_size = library.functions.fsdnet_result_size(self.handle)

    def __del__(self):
        if getattr(self, "handle", None):
            self.library.functions.fsdnet_free(self.handle)

    def __reduce_ex__(self, protocol):
        """A copy would free the same memory again."""
        raise TypeError("a Network cannot be copied or pickled; load the model once more")

    def input_shapes(self, count):
        size = self.description["input"]
        map_shape = (count, size["height"], size["width"], size["colors"])
        return [map_shape, (count, size["colors"])] if size.get("kind") == "vector" else [map_shape]

    def run(self, inputs, out=None):
        """inputs: uint8 or float32 [sample, y, x, color], or float32 [sample, number] for a vector; where the input
        is Bernoulli states, floats are probabilities of state 1. Gives float32 [sample, class], log-posteriors in
        nats, or [sample, number]; `out` takes the result where it is given."""
        count = inputs.shape[0] if isinstance(inputs, numpy.ndarray) and inputs.ndim else 0
        require_dense(inputs, "inputs", [numpy.uint8, numpy.float32], self.input_shapes(count))
        if out is None:
            out = numpy.empty((count, self.result_size), numpy.float32)
        require_dense(out, "out", [numpy.float32], [(count, self.result_size)])
        if not out.flags.writeable:
            raise ValueError("out must be writable; found a read-only array")
        if numpy.may_share_memory(inputs, out):
            raise ValueError("out must not lie in the memory of the inputs")
        functions = self.library.functions
        run = functions.fsdnet_run if inputs.dtype == numpy.uint8 else functions.fsdnet_run_floats
        if run(self.handle, inputs.ctypes.data, count, out.ctypes.data) != 0:
            raise RuntimeError(self.library.last_error())
        return out

    def run_masked(self, images, mask):
        """images: uint8 [sample, y, x, color]; mask: uint8 [sample, y, x] or [sample, y, x, color], 0 where a pixel, or
        one color of it, was not observed. Gives float32 [sample, class], log-posteriors in nats."""
        count = images.shape[0] if isinstance(images, numpy.ndarray) and images.ndim else 0
        require_dense(images, "images", [numpy.uint8], self.input_shapes(count)[:1])
        shape = self.input_shapes(count)[0]
        require_dense(mask, "mask", [numpy.uint8], [shape[:3], shape[:3] + (1,), shape])
        out = numpy.empty((count, self.result_size), numpy.float32)
        colors = mask.shape[3] if mask.ndim == 4 else 1
        if self.library.functions.fsdnet_run_masked(self.handle, images.ctypes.data, mask.ctypes.data, colors, count,
                                                    out.ctypes.data) != 0:
            raise RuntimeError(self.library.last_error())
        return out

    def judge(self, images):
        """Log-posteriors as run() gives them for uint8 images, the novelty and the p-value of each image, float32
        [sample]. Needs a model that `fsdnet calibrate` or `fsdnet train` has fitted."""
        count = images.shape[0] if isinstance(images, numpy.ndarray) and images.ndim else 0
        require_dense(images, "images", [numpy.uint8], self.input_shapes(count)[:1])
        out = numpy.empty((count, self.result_size), numpy.float32)
        novelty, p_value = numpy.empty(count, numpy.float32), numpy.empty(count, numpy.float32)
        if self.library.functions.fsdnet_judge(self.handle, images.ctypes.data, count, out.ctypes.data,
                                               novelty.ctypes.data, p_value.ctypes.data) != 0:
            raise RuntimeError(self.library.last_error())
        return out, novelty, p_value
