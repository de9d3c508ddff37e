"""OpenBLAS, as NumPy's wheels bring it."""
import ctypes
import pathlib

import numpy

from contender import Contender


class OpenBlas:
    name = "OpenBLAS"

    def __init__(self, _threads):
        blas = numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]
        self.version = f"{blas['version']} (NumPy {numpy.__version__})"

    def kernels(self):
        """The name of the processor whose kernels it took."""
        for file in (pathlib.Path(numpy.__file__).parent.parent / "numpy.libs").glob("*openblas*.so"):
            library = ctypes.CDLL(str(file))
            for name in ("scipy_openblas_get_corename64_", "openblas_get_corename64_", "openblas_get_corename"):
                if hasattr(library, name):
                    getattr(library, name).restype = ctypes.c_char_p
                    return getattr(library, name)().decode()
        return "not told"

    def linear(self, matrix, weights, bias):
        """The product alone is timed; the bias that ours adds is added to the result afterwards."""
        product = numpy.empty((len(matrix), weights.shape[1]), numpy.float32)
        return Contender(self.name, lambda: numpy.matmul(matrix, weights, out=product), lambda: product + bias,
                         keep=(matrix, weights))
