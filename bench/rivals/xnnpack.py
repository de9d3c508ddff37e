"""XNNPACK, Debian's library, operator by operator (channels last, buffers and operators made once)."""
import ctypes
import math

import numpy
import onnx

from contender import Contender, Missing


class Xnnpack:
    name = "XNNPACK"
    version = "of Debian"

    def __init__(self, threads):
        try:
            self.functions = ctypes.CDLL("libXNNPACK.so.0")
            pools = ctypes.CDLL("libpthreadpool.so.0")
        except OSError as failure:
            raise Missing(f"Debian's libxnnpack0 and libpthreadpool0 are not installed ({failure})") from failure
        pools.pthreadpool_create.restype = ctypes.c_void_p
        # A null pointer is XNNPACK's word for the caller's thread.
        self.pool = ctypes.c_void_p(pools.pthreadpool_create(ctypes.c_size_t(threads)) if threads > 1 else None)
        self.check("xnn_initialize", self.functions.xnn_initialize(None))

    def check(self, what, status):
        if status != 0:
            raise RuntimeError(f"{what} returned {status}")

    def call(self, name, *arguments):
        """Sizes and pointers take 64 bits, 32-bit integers the low half of them: both are passed as 64."""
        passed = [ctypes.c_size_t(argument) if isinstance(argument, int) else argument for argument in arguments]
        self.check(name, getattr(self.functions, name)(*passed))

    def made(self, name, *arguments):
        """A new operator; `name` stands behind xnn_create_."""
        handle = ctypes.c_void_p()
        self.call(f"xnn_create_{name}", *arguments, ctypes.byref(handle))
        return handle

    def set_up(self, name, handle, *arguments):
        self.call(f"xnn_setup_{name}", handle, *arguments, self.pool)
        return handle

    def contender(self, operators, result, keep):
        run, pool = self.functions.xnn_run_operator, self.pool

        def call():
            for operator in operators:
                run(operator, pool)

        return Contender(self.name, call, result, keep=keep)

    def softmax_operator(self, rows, target):
        states = rows.shape[-1]
        handle = self.made("softmax_nc_f32", states, states, states, 0)
        return self.set_up("softmax_nc_f32", handle, rows.size // states, pointer(rows), pointer(target))

    def linear_operator(self, rows, weights, bias, target, least=-math.inf):
        """weights: [output, input]; what is below `least` becomes `least`."""
        outputs, inputs = weights.shape
        handle = self.made("fully_connected_nc_f32", inputs, outputs, inputs, outputs, pointer(weights), pointer(bias),
                           *at_least(least), 0)
        return self.set_up("fully_connected_nc_f32", handle, len(rows), pointer(rows), pointer(target))

    def conv_operator(self, maps, filters, bias, strides, pads, target, least=-math.inf):
        """maps: [sample, y, x, channel]; filters: [output, y, x, input]; pads: top, left, bottom, right."""
        outputs, height, width, inputs = filters.shape
        top, left, bottom, right = pads
        handle = self.made("convolution2d_nhwc_f32", top, right, bottom, left, height, width, *strides, 1, 1, 1, inputs,
                           outputs, inputs, outputs, pointer(filters), pointer(bias), *at_least(least), 0)
        return self.set_up("convolution2d_nhwc_f32", handle, *maps.shape[:3], pointer(maps), pointer(target))

    def max_pool_operator(self, maps, kernel, strides, target):
        channels = maps.shape[3]
        handle = self.made("max_pooling2d_nhwc_f32", 0, 0, 0, 0, *kernel, *strides, 1, 1, channels, channels, channels,
                           *any_number(), 0)
        return self.set_up("max_pooling2d_nhwc_f32", handle, *maps.shape[:3], pointer(maps), pointer(target))

    def average_pool_operator(self, maps, kernel, strides, target):
        channels = maps.shape[3]
        handle = self.made("average_pooling2d_nhwc_f32", 0, 0, 0, 0, *kernel, *strides, channels, channels, channels,
                           *any_number(), 0)
        return self.set_up("average_pooling2d_nhwc_f32", handle, *maps.shape[:3], pointer(maps), pointer(target))

    def number_operator(self, image, scale, target):
        """Bytes times `scale` as float32."""
        handle = self.made("convert_nc_qu8_f32", 1, 1, 1, ctypes.c_float(scale), 0, 0)
        return self.set_up("convert_nc_qu8_f32", handle, image.size, pointer(image), pointer(target))

    # XNNPACK has no logarithm: the softmax is timed, its logarithm is taken afterwards.

    def log_softmax(self, logits):
        target = numpy.empty_like(logits)
        operators = [self.softmax_operator(logits, target)]
        return self.contender(operators, lambda: numpy.log(target), (logits, target))

    def conv_log_softmax(self, maps, filters, bias):
        source = maps.transpose(0, 2, 3, 1).copy()
        weights = filters.transpose(0, 2, 3, 1).copy()
        evidence = numpy.empty((*source.shape[:3], len(weights)), numpy.float32)
        target = numpy.empty_like(evidence)
        operators = [self.conv_operator(source, weights, bias, (1, 1), (1, 1, 1, 1), evidence),
                     self.softmax_operator(evidence, target)]
        return self.contender(operators, lambda: numpy.log(target), (source, weights, bias, evidence, target))

    def conv_relu(self, maps, filters, bias):
        source = maps.transpose(0, 2, 3, 1).copy()
        weights = filters.transpose(0, 2, 3, 1).copy()
        target = numpy.empty((*source.shape[:3], len(weights)), numpy.float32)
        operators = [self.conv_operator(source, weights, bias, (1, 1), (1, 1, 1, 1), target, 0)]
        return self.contender(operators, lambda: target, (source, weights, bias, target))

    def linear(self, matrix, weights, bias):
        transposed = weights.T.copy()
        target = numpy.empty((len(matrix), len(transposed)), numpy.float32)
        operators = [self.linear_operator(matrix, transposed, bias, target)]
        return self.contender(operators, lambda: target, (matrix, transposed, bias, target))

    def network(self, file, images):
        planned = Planned(self, onnx.load(str(file)).graph, images)
        return self.contender(planned.operators, lambda: numpy.log(planned.value), planned)


class Planned:
    """The operators of an ONNX file of one group per site; `value` is what the last one writes."""

    def __init__(self, library, graph, images):
        self.library, self.value, self.operators, self.kept = library, images, [], [images]
        self.flattened = None  # [y, x, channel] of the map that a product reads
        self.constants = {item.name: onnx.numpy_helper.to_array(item) for item in graph.initializer}
        nodes = list(graph.node)
        while nodes:
            node = nodes.pop(0)
            behind = nodes[0].op_type if nodes else None
            scale, least = 1, -math.inf  # what XNNPACK does in the operator before it
            if (node.op_type, behind) == ("Cast", "Mul"):
                scale = self.constants[nodes.pop(0).input[1]].item()
            if node.op_type in ("Conv", "Gemm") and behind == "Relu":
                nodes.pop(0)
                least = 0
            self.add(node, {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}, scale, least)

    def writes(self, shape, operator):
        """`operator(target)` gives the operator that writes a new array of that shape."""
        target = numpy.empty(shape, numpy.float32)
        self.operators.append(operator(target))
        self.kept.append(target)
        self.value = target

    def constant(self, array):
        self.kept.append(numpy.ascontiguousarray(array))
        return self.kept[-1]

    def add(self, node, attributes, scale, least):
        source, library = self.value, self.library
        weights = [self.constants[name] for name in node.input[1:] if name in self.constants]
        if node.op_type == "Reshape" and source is self.kept[0]:
            return  # [sample, y, x, color] to channels first: the maps stay as they are here
        if node.op_type == "Cast":
            self.writes(source.shape, lambda target: library.number_operator(source, scale, target))
        elif node.op_type == "Conv":
            filters, bias = self.constant(weights[0].transpose(0, 2, 3, 1)), self.constant(weights[1])
            strides, pads = attributes["strides"], attributes["pads"]
            positions = [(source.shape[1 + axis] + pads[axis] + pads[2 + axis] - filters.shape[1 + axis]) // strides[axis] + 1
                         for axis in (0, 1)]
            self.writes((len(source), *positions, len(filters)),
                        lambda target: library.conv_operator(source, filters, bias, strides, pads, target, least))
        elif node.op_type in ("Softmax", "LogSoftmax"):
            self.writes(source.shape, lambda target: library.softmax_operator(source, target))
        elif node.op_type in ("AveragePool", "MaxPool") and not any(attributes["pads"]):
            pool = library.average_pool_operator if node.op_type == "AveragePool" else library.max_pool_operator
            kernel, strides = attributes["kernel_shape"], attributes["strides"]
            positions = [(source.shape[1 + axis] - kernel[axis]) // strides[axis] + 1 for axis in (0, 1)]
            self.writes((len(source), *positions, source.shape[3]),
                        lambda target: pool(source, kernel, strides, target))
        elif node.op_type == "Flatten":
            self.flattened = source.shape[1:]
            self.value = source.reshape(len(source), -1)
        elif node.op_type == "Gemm":
            height, width, channels = self.flattened
            order = weights[0].reshape(-1, channels, height, width).transpose(0, 2, 3, 1)
            matrix, bias = self.constant(order.reshape(len(weights[0]), -1)), self.constant(weights[1])
            self.writes((len(source), len(matrix)),
                        lambda target: library.linear_operator(source, matrix, bias, target, least))
        else:
            raise Missing(f"{node.op_type} is not among the operators that this XNNPACK runs here")


def pointer(array):
    return ctypes.c_void_p(array.ctypes.data)


def at_least(least):
    return ctypes.c_float(least), ctypes.c_float(math.inf)


def any_number():
    return at_least(-math.inf)
