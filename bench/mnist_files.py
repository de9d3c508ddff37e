"""MNIST's IDX files as arrays, and folders of them: what `fsdnet --data` takes."""
import gzip

import numpy


def decompressed(path):
    return gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) if not path.exists() else path.read_bytes()


def read_images(folder, part):
    """Images, uint8 [sample, y, x], and labels, uint8 [sample], of `part`: "train" or "t10k"."""
    pixels = decompressed(folder / f"{part}-images-idx3-ubyte")
    _, count, height, width = numpy.frombuffer(pixels, ">i4", 4)
    labels = decompressed(folder / f"{part}-labels-idx1-ubyte")
    return (numpy.frombuffer(pixels, numpy.uint8, offset=16).reshape(count, height, width),
            numpy.frombuffer(labels, numpy.uint8, offset=8))


def write_images(folder, part, images, labels):
    """Into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    header = numpy.array([0x803, *images.shape], ">i4").tobytes()
    (folder / f"{part}-images-idx3-ubyte").write_bytes(header + images.astype(numpy.uint8).tobytes())
    header = numpy.array([0x801, len(labels)], ">i4").tobytes()
    (folder / f"{part}-labels-idx1-ubyte").write_bytes(header + labels.astype(numpy.uint8).tobytes())
