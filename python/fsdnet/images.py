"""Image files as networks take them."""
from __future__ import annotations

from collections.abc import Sequence

import numpy

from fsdnet import _fsdnet
from fsdnet._arrays import Numbers
from fsdnet._paths import PathLike, text_of
from fsdnet.model import Model


def read_images(images: Sequence[PathLike | bytes], model: Model) -> Numbers:
    """What `fsdnet classify` makes of image files (docs/preprocessing.md): uint8 [sample, y, x, color], for Network.run().

    images: paths, or the bytes of such files. Raises FileError or InputError that names a file which is missing, damaged or
    no image (bytes are named by their index), UnsupportedError where memory does not suffice for it."""
    kind = model.input
    pixels = numpy.empty((len(images), kind.height, kind.width, kind.colors), numpy.uint8)
    for index, (image, row) in enumerate(zip(images, pixels)):
        if isinstance(image, bytes):
            _fsdnet.read_image_content(model._handle, image, f"images[{index}]", row)
        else:
            _fsdnet.read_image_file(model._handle, text_of(image), row)
    return pixels
