"""The nodes and numbers of an ONNX file, for what has no package that reads one."""
import json
import sys

import numpy
import onnx


def parts_of(file):
    """Nodes as (operator, names of inputs, name of the result, attributes), and arrays by name."""
    graph = onnx.load(str(file)).graph
    nodes = [(node.op_type, list(node.input), node.output[0],
              {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}) for node in graph.node]
    return nodes, {item.name: onnx.numpy_helper.to_array(item) for item in graph.initializer}


def save(file, target):
    """Writes an .npz, whose array `nodes` is JSON: torch_graph.load() reads it."""
    nodes, constants = parts_of(file)
    numpy.savez(target, nodes=json.dumps(nodes), **constants)


if __name__ == "__main__":
    save(*sys.argv[1:])  # ONNX NPZ
