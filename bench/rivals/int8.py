"""The same ONNX file with 8-bit weights and activations, as ONNX Runtime's own tool makes it."""
import logging
import pathlib

import numpy

from contender import Missing


def calibration(images):
    """The images that the ranges of activations are taken from; those that are timed are the first ones."""
    if images is None:
        raise Missing("calibration needs real images and MNIST is not there (--data)")
    return images[-500:]


def quantized(file, images):
    """Statically quantized (QDQ: unsigned activations, signed weights per channel), calibrated on some of `images`."""
    seen = calibration(images)
    result = pathlib.Path(file).with_suffix(".int8.onnx")
    if result.exists():
        return result
    from onnxruntime.quantization import (CalibrationDataReader, QuantFormat, QuantType, quantize_static)

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.batches = iter(numpy.array_split(seen, 10))

        def get_next(self):
            batch = next(self.batches, None)
            return None if batch is None else {"image": batch}

    logging.getLogger().setLevel(logging.ERROR)  # it recommends a pre-processing that finds nothing to do here
    quantize_static(str(file), str(result), Reader(), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
    return result
