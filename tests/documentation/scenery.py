"""What the documents' commands find beside them: a cut of MNIST, photos, arrays, networks."""
import gzip
import pathlib
import shutil
import struct
import zlib

from commands import ROOT

TRAINING, TEST = 1200, 600


def read_idx(path, count):
    """The first items of an IDX file: the sizes of one, and its bytes for each."""
    with gzip.open(path) as file:
        axes = file.read(4)[3]
        shape = struct.unpack(f">{axes}I", file.read(4 * axes))[1:]
        size = 1
        for extent in shape:
            size *= extent
        return shape, [file.read(size) for _ in range(count)]


def cut_idx(source, target, count):
    shape, items = read_idx(source, count)
    head = struct.pack(f">BBBB{1 + len(shape)}I", 0, 0, 8, 1 + len(shape), count, *shape)
    target.write_bytes(gzip.compress(head + b"".join(items), 1, mtime=0))


def write_png(path, width, rows, colors):
    """Rows of bytes as a PNG image, gray or in three colors."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2 if colors == 3 else 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def write_npy(path, kind, shape, data):
    """An array of little-endian numbers in NumPy's format."""
    words = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape!r}, }}"
    words += " " * (-(len(words) + 11) % 64) + "\n"
    path.write_bytes(b"\x93NUMPY\1\0" + struct.pack("<H", len(words)) + words.encode() + data)


def stripes(kind, seed):
    """A color image of 24 x 24 pixels whose stripes tell its class."""
    rows = []
    for y in range(24):
        row = bytearray()
        for x in range(24):
            place = (y, x, x + y)[kind] + seed
            row += bytes(((place // 3 % 2) * 200 + (seed * 7 + x * y) % 40, seed * 5 % 256, 90))
        rows.append(bytes(row))
    return rows


def rows_of(image, side=28):
    return [image[y * side:(y + 1) * side] for y in range(side)]


def write_photos(folder, digits):
    (folder / "scans").mkdir()
    for number, digit in enumerate(digits[:3]):
        write_png(folder / "scans" / f"{number}.png", 28, rows_of(digit), 1)
    for name in ("photo.jpg", "scan.png"):  # a format is known by its first bytes
        write_png(folder / name, 28, rows_of(digits[0]), 1)
    write_png(folder / "seen.png", 28, [bytes([255] * 20 + [0] * 8)] * 28, 1)
    (folder / "image").write_bytes(digits[0])
    for folder_of_images in (folder / "my-images", folder / "other"):
        for kind, name in enumerate(("bird", "cat", "dog")):
            (folder_of_images / name).mkdir(parents=True)
            for seed in range(20):
                write_png(folder_of_images / name / f"{seed}.png", 24, stripes(kind, seed), 3)


def write_sheet(path, digits):
    """OpenCV's sheet of 5,000 digits is known by its size; here its 100 columns and 50 rows repeat a few digits."""
    cells = [[bytes(20), *(row[4:24] for row in rows_of(digit)[5:24])] for digit in digits[:100]]
    rows = [b"".join(cell[y] for cell in cells) for y in range(20)]
    write_png(path, 2000, rows * 50, 1)


def write_arrays(folder):
    numbers = [((i * 7919) % 1009) / 504.5 - 1 for i in range(200 * 6)]
    floats = struct.pack(f"<{len(numbers)}f", *numbers)
    classes = struct.pack("<200q", *(int(numbers[6 * i] + numbers[6 * i + 1] > 0) for i in range(200)))
    for name in ("x.npy", "f.npy"):
        write_npy(folder / name, "<f4", (200, 6), floats)
    for name in ("y.npy", "l.npy"):
        write_npy(folder / name, "<i8", (200,), classes)
    write_npy(folder / "p.npy", "<f8", (3, 2), struct.pack("<6d", .3, .1, .1, .2, .1, .2))
    write_npy(folder / "a.npy", "<f4", (8, 100), floats[:3200])
    pixels = 28 * 28
    write_npy(folder / "m.npy", "<f8", (pixels,), struct.pack(f"<{pixels}d", *[.1] * pixels))
    diagonal = (struct.pack("<d", .01) + bytes(8 * pixels)) * pixels
    write_npy(folder / "s.npy", "<f8", (pixels, pixels), diagonal[:8 * pixels * pixels])
    (folder / "my-network.json").write_text(
        '{"input": {"kind": "real", "height": 1, "width": 1, "colors": 6}, "layers": [{"op": "linear", "name": "first", '
        '"channels": 8}, {"op": "relu"}, {"op": "linear", "name": "last", "channels": 2}, {"op": "log_softmax"}]}')


def cut_mnist(data, target):
    target.mkdir(parents=True)
    for name, count in (("train", TRAINING), ("t10k", TEST)):
        for kind in ("images-idx3", "labels-idx1"):
            cut_idx(data / f"{name}-{kind}-ubyte.gz", target / f"{name}-{kind}-ubyte.gz", count)


def make_scenery(folder, mnist):
    """Fills a folder with what a checkout has and what the reader of the documents is supposed to have beside it."""
    folder.mkdir()
    shutil.copytree(ROOT / "models", folder / "models")
    shutil.copytree(ROOT / "apps/compiled_example", folder / "apps/compiled_example")
    shutil.copy(ROOT / "apps/compiled_example/main.c", folder / "main.c")
    _, digits = read_idx(mnist / "t10k-images-idx3-ubyte.gz", 100)
    write_photos(folder, digits)
    write_sheet(folder / "digits.png", digits)
    write_arrays(folder)
    shutil.copy(ROOT / "models/mnist-mlp.json", folder / "net.json")
    shutil.copy(ROOT / "models/mnist.safetensors", folder / "student.safetensors")
    shutil.copy(ROOT / "models/mnist-relu-16-32.safetensors", folder / "teacher.safetensors")
    foreign = next(ROOT.glob(".venv-onnx/lib/python*/site-packages/onnx/backend/test/data/light/light_zfnet512.onnx"), None)
    if foreign:
        shutil.copy(foreign, folder)
