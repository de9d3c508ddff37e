"""The PyTorch network with 8-bit convolutions and products: quantized statically, as torch.ao's eager mode does it."""
import numpy
import torch

from contender import Missing
from py_torch import Graph, tensor

# Unsigned activations of all 8 bits; the other engines of x86 keep one bit free for machines without VNNI.
ENGINE = "onednn"
HEAVY = ("Conv", "Gemm")


class Range:
    """Scale and zero point of unsigned bytes that hold what was seen, 0 among them."""

    def __init__(self):
        self.low, self.high = 0.0, 0.0

    def see(self, values):
        self.low, self.high = min(self.low, float(values.min())), max(self.high, float(values.max()))

    def scale(self):
        return max(self.high - self.low, 1e-8) / 255

    def zero_point(self):
        return round(-self.low / self.scale())


class QuantizedGraph(Graph):
    """Calibrated on `images`: each convolution and product takes bytes and gives bytes, the rest is float32."""

    def __init__(self, file, images):
        super().__init__(file)
        if ENGINE not in torch.backends.quantized.supported_engines:
            raise Missing(f"PyTorch {torch.__version__} was built without 8-bit kernels of oneDNN")
        torch.backends.quantized.engine = ENGINE
        self.ranges, self.packed = {}, {}
        for part in numpy.array_split(images, 10):
            self.forward(tensor(part))
        self.packed = {output: self.packed_weights(op, inputs, attributes)
                       for op, inputs, output, attributes in self.nodes if op in HEAVY}

    def packed_weights(self, op, inputs, attributes):
        weights, bias = self.weight(inputs[1]), self.weight(inputs[2])
        scales = weights.reshape(len(weights), -1).abs().amax(1).clamp_min(1e-8) / 127
        per_channel = torch.quantize_per_channel(weights, scales, torch.zeros(len(scales), dtype=torch.int64), 0,
                                                  torch.qint8)
        if op == "Gemm":
            return torch.ops.quantized.linear_prepack(per_channel, bias)
        return torch.ops.quantized.conv2d_prepack(per_channel, bias, attributes.get("strides", [1, 1]),
                                                  attributes.get("pads", [0, 0])[:2], [1, 1], 1)

    def apply_node(self, op, operands, names, output, attributes):
        if op not in HEAVY:
            return super().apply_node(op, operands, names, output, attributes)
        if output not in self.packed:
            result = super().apply_node(op, operands, names, output, attributes)
            for key, values in ((names[0], operands[0]), (output, result)):
                self.ranges.setdefault(key, Range()).see(values)
            return result
        before, behind = self.ranges[names[0]], self.ranges[output]
        function = torch.ops.quantized.linear if op == "Gemm" else torch.ops.quantized.conv2d
        rounded = torch.quantize_per_tensor(operands[0], before.scale(), before.zero_point(), torch.quint8)
        return function(rounded, self.packed[output], behind.scale(), behind.zero_point()).dequantize()
