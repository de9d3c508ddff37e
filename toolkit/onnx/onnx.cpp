// Translates layers into ONNX nodes.
#include "toolkit/onnx/onnx.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/signature.h"
#include "toolkit/onnx/onnx_chain.h"
#include "toolkit/onnx/onnx_log_pool.h"
#include "toolkit/onnx/onnx_weights.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr int onnx_float = 1;  // the type's number in ONNX

// What the image becomes: one channel of bytes per color, for a first layer in log-odds form, or the
// probabilities of two states per color.
enum class InputForm { bytes, states };

InputForm input_form(const Model &model) {
    return reads_success_probability(model) ? InputForm::bytes : InputForm::states;
}

// Applies `body(axis of the states)`. Several groups get an axis of their own meanwhile.
template<typename Body>
void over_states(OnnxChain &chain, Body body) {
    if (chain.groups() == 1) {
        body(1);
        return;
    }
    const std::vector<int64_t> sites =
        chain.is_flat ? std::vector<int64_t>{} : std::vector<int64_t>{chain.height(), chain.width()};
    const auto with_sites = [&](std::vector<int64_t> axes) {
        axes.insert(axes.end(), sites.begin(), sites.end());
        return axes;
    };
    chain.reshape(with_sites({chain.groups(), chain.states()}));
    body(2);
    chain.reshape(with_sites({chain.channels()}));
}

void append_over_states(OnnxChain &chain, const std::string &op) {
    over_states(chain, [&](int64_t axis) { chain.append(op, {}, {{"axis", axis}}); });
}

// z - max z, and its exponential where probabilities are wanted.
void append_hard_normalize(OnnxChain &chain, bool exponential) {
    over_states(chain, [&](int64_t axis) {
        chain.append("Sub", {chain.graph.node("ReduceMax", {chain.value}, {{"axes", {axis}}})});
        if (exponential) {
            chain.append("Exp");
        }
    });
}

void append_division_by_sum(OnnxChain &chain) {
    over_states(chain, [&](int64_t axis) {
        chain.append("Div",
                     {chain.graph.node("ReduceSum", {chain.value, chain.graph.integers("axes", {axis})})});
    });
}

// Whether the layer's output is divided by its sum over the states before it is observed.
bool is_renormalized(const Model &model, std::size_t index) {
    while (++index < model.layers.size() && layer_kind(model.layers[index].op).pools) {
        if (model.layers[index].op == "renormalized_max_pool") {
            return true;
        }
    }
    return false;
}

// ONNX Runtime's Sigmoid (1.31) is off by 1e-7 and 0 below -18. That is the fastest form; but where all
// states of a group are that improbable and are then divided by their sum, relative accuracy matters.
void append_sigmoid(OnnxChain &chain, bool relative_accuracy) {
    if (!relative_accuracy) {
        chain.append("Sigmoid");
        return;
    }
    chain.append("Neg");
    chain.append("Exp");
    chain.append("Add", {chain.graph.number("one", 1)});
    chain.append("Reciprocal");
}

// The last windows may hang over the border. That is written as padding behind the map, of which neither the
// average (count_include_pad = 0) nor the maximum takes notice: ceil_mode, whose rounding differs between
// runtimes, is not needed.
OnnxGraph::Attributes pool_attributes(const Layer &layer, const OnnxChain &chain) {
    const auto overhang = [&](const std::string &axis, int extent) -> int64_t {
        const int window = layer.attribute("pool_window_" + axis),
                  stride = layer.attribute("pool_stride_" + axis);
        return std::max(0, (pool_positions(extent, window, stride) - 1) * stride + window - extent);
    };
    return {{"kernel_shape", {layer.attribute("pool_window_y"), layer.attribute("pool_window_x")}},
            {"strides", {layer.attribute("pool_stride_y"), layer.attribute("pool_stride_x")}},
            {"pads", {0, 0, overhang("y", chain.shape[0]), overhang("x", chain.shape[1])}}};
}

void append_pool(OnnxChain &chain, const Layer &layer) {
    chain.unflatten();
    OnnxGraph::Attributes attributes = pool_attributes(layer, chain);
    if (layer.op == "marginal_pool") {
        attributes.emplace_back("count_include_pad", 0);
        chain.append("AveragePool", {}, attributes);
    } else {
        chain.append("MaxPool", {}, attributes);
    }
}

void append_conv(OnnxChain &chain, const Layer &layer, const OnnxWeights &weights, const std::string &filters,
                 const std::string &bias) {
    chain.unflatten();
    const int64_t y = layer.attribute("padding_y"), x = layer.attribute("padding_x");
    chain.append("Conv", {filters, bias},
                 {{"kernel_shape", {weights.shape[2], weights.shape[3]}},
                  {"strides", {layer.attribute("stride_y"), layer.attribute("stride_x")}},
                  {"pads", {y, x, y, x}}});
}

void append_parametrized(OnnxChain &chain, const Model &model, std::size_t index, InputForm input) {
    const Layer &layer = model.layers[index];
    const bool reads_bytes = index == 0 && input == InputForm::bytes;
    const OnnxWeights weights =
        onnx_weights(kld_parameters(model, index, {reads_bytes, true}), reads_bytes ? 1. / 255 : 1);
    const int outputs = weights.shape[0];
    const std::string bias = chain.graph.numbers(layer.name + ".bias", {outputs}, weights.bias);
    if (layer.op == "kld_conv") {
        append_conv(chain, layer, weights,
                    chain.graph.numbers(layer.name + ".filters", weights.shape, weights.filters), bias);
        return;
    }
    // A window that covers the map: as a matrix product it has the form that runtimes do best.
    chain.flatten();
    const int inputs = weights.shape[1] * weights.shape[2] * weights.shape[3];
    const std::string matrix =
        chain.graph.numbers(layer.name + ".filters", {outputs, inputs}, weights.filters);
    chain.append("Gemm", {matrix, bias}, {{"transB", 1}});
}

void append_layer(OnnxChain &chain, const Model &model, std::size_t index, InputForm input) {
    const Layer &layer = model.layers[index];
    if (layer_kind(layer.op).gives_evidence_of_distributions) {
        append_parametrized(chain, model, index, input);
    } else if (layer.op == "normalize") {
        append_over_states(chain, "Softmax");
    } else if (layer.op == "log_normalize") {
        append_over_states(chain, "LogSoftmax");
    } else if (layer.op == "hard_normalize" || layer.op == "log_hard_normalize") {
        append_hard_normalize(chain, layer.op == "hard_normalize");
    } else if (layer.op == "relu") {
        chain.append("Relu");
    } else if (layer.op == "sigmoid") {
        append_sigmoid(chain, is_renormalized(model, index));
    } else if (layer.op == "log_marginal_pool") {
        append_log_marginal_pool(chain, layer);
    } else if (layer_kind(layer.op).pools) {
        append_pool(chain, layer);
    } else {
        throw Error(ExitCode::unsupported, text("The op ", layer.op, " has no translation into ONNX."));
    }
}

// uint8 [sample, y, x, color] to [sample, channel, y, x].
void append_input(OnnxChain &chain, const Input &input, InputForm form) {
    chain.value =
        chain.graph.input("image", halide_type_of<uint8_t>(), {-1, input.height, input.width, input.colors});
    if (input.colors == 1) {
        chain.reshape({1, input.height, input.width});
    } else {
        chain.append("Transpose", {}, {{"perm", {0, 3, 1, 2}}});
    }
    chain.append("Cast", {}, {{"to", onnx_float}});
    if (form == InputForm::bytes) {
        return;
    }
    // (1 - v/255, v/255) for each color is a convolution of one site.
    const int channels = 2 * input.colors;
    std::vector<float> filters, bias;
    for (int channel = 0; channel < channels; channel++) {
        const bool present = channel % 2 == 1;
        for (int color = 0; color < input.colors; color++) {
            filters.push_back(color != channel / 2 ? 0 : present ? 1.f / 255 : -1.f / 255);
        }
        bias.push_back(present ? 0 : 1);
    }
    chain.append("Conv", {chain.graph.numbers("states.filters", {channels, input.colors, 1, 1}, filters),
                          chain.graph.numbers("states.bias", {channels}, bias)});
}

}  // namespace

std::string onnx_file(const Model &model) {
    const std::vector<Shape> shapes = activation_shapes(model);
    const InputForm input = input_form(model);
    OnnxChain chain;
    append_input(chain, model.input, input);
    chain.shape = shapes.front();
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        append_layer(chain, model, index, input);
        chain.shape = shapes[index + 1];
        if (model.layers[index].op == "renormalized_max_pool") {
            append_division_by_sum(chain);
        }
    }
    chain.flatten();
    chain.graph.output("log_posterior", {-1, static_cast<int>(model.classes.size())});
    return chain.graph.serialize(onnx_operator_set,
                                 "image: uint8 [sample, y, x, color]; log_posterior: nats [sample, class]");
}

std::size_t export_onnx(const Model &model, const std::string &path) {
    const std::string file = onnx_file(model);
    write_file(path, file);
    return file.size();
}

}  // namespace fsd
