// An ONNX graph that grows at its end: the value behind the last layer, and how its axes are to be read.
#pragma once

#include "toolkit/onnx/onnx_graph.h"

namespace fsd {

struct OnnxChain {
    OnnxGraph graph;
    std::string value;  // the name of the last value
    Shape shape;        // the activation that it holds: y, x, group, state
    bool is_flat =
        false;  // [sample, channel] instead of [sample, channel, y, x]; channel = group * states + state

    int64_t height() const { return shape[0]; }
    int64_t width() const { return shape[1]; }
    int64_t groups() const { return shape[2]; }
    int64_t states() const { return shape[3]; }
    int64_t channels() const { return groups() * states(); }

    // Appends a node that takes the last value, and then what `more` names.
    void append(const std::string &op, OnnxGraph::Inputs more = {},
                const OnnxGraph::Attributes &attributes = {}) {
        more.insert(more.begin(), value);
        value = graph.node(op, more, attributes);
    }

    // Gives the last value other axes behind the samples.
    void reshape(std::vector<int64_t> axes) {
        axes.insert(axes.begin(), 0);  // as many samples as there were
        append("Reshape", {graph.integers("shape", axes)});
    }

    void flatten() {
        if (!is_flat) {
            append("Flatten");
        }
        is_flat = true;
    }

    void unflatten() {
        if (is_flat) {
            reshape({channels(), height(), width()});
        }
        is_flat = false;
    }
};

}  // namespace fsd
