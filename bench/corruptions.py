"""Corrupted copies of gray images, uint8 [sample, y, x] with y and x alike, as a camera, a scanner or a hand may spoil them: a function for each
kind, of the images, a strength and a numpy.random.Generator. The same seed gives the same bytes. Noise and blur take images in color, too."""
import collections

import numpy

Kind = collections.namedtuple("Kind", "name unit strengths function")


def as_bytes(numbers):
    return numpy.clip(numpy.rint(numbers), 0, 255).astype(numpy.uint8)


def noisy(images, deviation, random):
    """Normal noise on each pixel; what leaves 0 .. 255 is cut."""
    return as_bytes(images + random.normal(0, deviation, images.shape))


def blurred(images, times=1, _=None):
    """Means over 3 x 3 pixels, zeros outside, so many times."""
    numbers = images.astype(float)
    height, width = images.shape[1:3]
    for _ in range(times):
        padded = numpy.pad(numbers, ((0, 0), (1, 1), (1, 1)) + ((0, 0),) * (images.ndim - 3))
        numbers = sum(padded[:, y:y + height, x:x + width] for y in range(3) for x in range(3)) / 9
    return as_bytes(numbers)


def occluded(images, side, random):
    """A black square at a random place of each image."""
    images = images.copy()
    places = random.integers(0, images.shape[1] - side + 1, (len(images), 2))
    for image, (top, left) in zip(images, places):
        image[top:top + side, left:left + side] = 0
    return images


def shifted(images, pixels, random):
    """Moved by that many pixels along both axes, each forward or back; black comes in."""
    moved = numpy.zeros_like(images)
    height, width = images.shape[1:]
    for target, image, (down, right) in zip(moved, images, random.choice([-pixels, pixels], (len(images), 2))):
        target[max(down, 0):height + min(down, 0), max(right, 0):width + min(right, 0)] = \
            image[max(-down, 0):height + min(-down, 0), max(-right, 0):width + min(-right, 0)]
    return moved


def inverted(images, share, _):
    """Mixed with their negative, which has that share."""
    return as_bytes((1 - share) * images + share * (255.0 - images))


def turned(images, degrees):
    """About the center, counterclockwise, bilinear; black comes in."""
    height, width = images.shape[1:]
    y, x = numpy.mgrid[:height, :width] - numpy.array([height - 1, width - 1]).reshape(2, 1, 1) / 2
    cos, sin = numpy.cos(numpy.radians(degrees)), numpy.sin(numpy.radians(degrees))
    # Places in the images, counted from the border of black around them.
    from_y = numpy.clip(y * cos + x * sin + (height - 1) / 2, -1, height) + 1
    from_x = numpy.clip(x * cos - y * sin + (width - 1) / 2, -1, width) + 1
    padded = numpy.pad(images.astype(float), ((0, 0), (1, 2), (1, 2)))
    top, left = from_y.astype(int), from_x.astype(int)
    down, across = from_y - top, from_x - left
    above = (1 - across) * padded[:, top, left] + across * padded[:, top, left + 1]
    below = (1 - across) * padded[:, top + 1, left] + across * padded[:, top + 1, left + 1]
    return as_bytes((1 - down) * above + down * below)


def rotated(images, degrees, _):
    """Every second image turned to one side, the others to the other."""
    images = images.copy()
    for first, angle in ((0, degrees), (1, -degrees)):
        images[first::2] = turned(images[first::2], angle)
    return images


def faded(images, contrast, _):
    """Deviations from each image's mean multiplied by the contrast."""
    means = images.mean(axis=(1, 2), keepdims=True)
    return as_bytes(means + contrast * (images - means))


def peppered(images, share, random):
    """That share of the pixels is black or white, by a coin."""
    drawn = random.random(images.shape)
    return numpy.where(drawn < share / 2, 0, numpy.where(drawn < share, 255, images)).astype(numpy.uint8)


# Five strengths each, rising.
KINDS = (
    Kind("noise", "standard deviation of 255", (20, 40, 60, 80, 100), noisy),
    Kind("blur", "times 3 x 3 means", (1, 2, 3, 4, 5), blurred),
    Kind("occlusion", "side of the square, pixels", (4, 6, 8, 10, 12), occluded),
    Kind("shift", "pixels along both axes", (1, 2, 3, 4, 5), shifted),
    Kind("inversion", "share of the negative", (0.1, 0.2, 0.3, 0.4, 1.0), inverted),
    Kind("rotation", "degrees", (10, 20, 30, 40, 50), rotated),
    Kind("contrast", "of the image's", (0.8, 0.6, 0.4, 0.3, 0.2), faded),
    Kind("salt and pepper", "share of the pixels", (0.02, 0.05, 0.1, 0.15, 0.2), peppered),
)


def corrupted(images, seed):
    """(kind, strength, images) of each kind and strength; each has draws of its own."""
    for place, kind in enumerate(KINDS):
        for step, strength in enumerate(kind.strengths):
            yield kind, strength, kind.function(images, strength, numpy.random.default_rng([seed, place, step]))
