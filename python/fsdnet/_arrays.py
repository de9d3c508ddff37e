"""Whether arrays may be handed to the module as they are."""
from __future__ import annotations

from typing import Any

import numpy
from numpy.typing import NDArray

from fsdnet.errors import InputError

Numbers = NDArray[Any]
Floats = NDArray[numpy.float32]


def readable(array: object, what: str, axes: tuple[int, ...], types: tuple[type, ...]) -> Numbers:
    """The array itself, of one of the types, in this machine's byte order; misaligned ones are copied."""
    if not isinstance(array, numpy.ndarray):
        raise InputError(f"{what}: a NumPy array is needed; found {type(array).__name__}.")
    # A type of the other byte order is another type.
    if array.dtype not in [numpy.dtype(type) for type in types] or array.ndim not in axes:
        wanted = " or ".join(type.__name__ for type in types)
        raise InputError(f"{what}: {wanted} with {' or '.join(map(str, axes))} axes is needed; found {array.dtype} "
                         f"{list(array.shape)}.")
    return array if array.flags.aligned else array.copy()


def result_array(out: object, shape: tuple[int, ...], inputs: Numbers) -> Floats:
    """`out` where the module may write a result of this shape into it, or a new array where it is None."""
    if out is None:
        return numpy.empty(shape, numpy.float32)
    wanted = f"out: a writable, C-contiguous float32 array of shape {list(shape)} is needed"
    if not isinstance(out, numpy.ndarray):
        raise InputError(f"{wanted}; found {type(out).__name__}.")
    if out.dtype != numpy.dtype(numpy.float32) or out.shape != shape:
        raise InputError(f"{wanted}; found {out.dtype} {list(out.shape)}.")
    if not (out.flags.c_contiguous and out.flags.aligned):
        raise InputError(f"{wanted}; found gaps, another order or a misaligned one.")
    if not out.flags.writeable:
        raise InputError(f"{wanted}; found a read-only one.")
    if numpy.may_share_memory(out, inputs):
        raise InputError(f"{wanted}; found one in the memory of the inputs.")
    return out


def observed(mask: object) -> Numbers:
    """A mask as uint8 [sample, y, x, 1 or color]; booleans are read in place."""
    array = readable(mask, "mask", (3, 4), (numpy.uint8, numpy.bool_))
    array = array.view(numpy.uint8) if array.dtype == numpy.bool_ else array
    return array[..., None] if array.ndim == 3 else array
