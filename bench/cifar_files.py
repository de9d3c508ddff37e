"""CIFAR-10's test images from an archive of JPEG files, `test/<class>/<number>.jpg`, as an array, and arrays as what `fsdnet --data` takes."""
import io
import pathlib
import tarfile

import numpy
from PIL import Image


def read_images(archive, part):
    """Images, uint8 [sample, y, x, color], and labels, int64 [sample], of `part`: "train" or "test"; classes in the order of their names."""
    with tarfile.open(archive) as tar:
        files = sorted((name.parent.name, name.name, member) for member in tar
                       if member.isfile() and (name := pathlib.PurePath(member.name)).parts[0] == part)
        classes = sorted({kind for kind, _, _ in files})
        images = [numpy.asarray(Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGB")) for _, _, member in files]
    return numpy.stack(images), numpy.array([classes.index(kind) for kind, _, _ in files], numpy.int64)


def write_images(folder, images, labels):
    """The options of `fsdnet evaluate` that read them."""
    numpy.save(folder / "images.npy", images)
    numpy.save(folder / "labels.npy", labels)
    return ["--data", folder / "images.npy", "--labels", folder / "labels.npy"]
