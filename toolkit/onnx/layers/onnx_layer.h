// How ONNX says a kind of layer. Each kind is one file in toolkit/onnx/layers/ and one line in its
// CMakeLists.txt; the walk over a model's layers (toolkit/onnx/onnx.cpp) knows no names.
#pragma once

#include "runtime/layers/layer_kind.h"
#include "toolkit/onnx/onnx_chain.h"
#include "toolkit/onnx/onnx_interface.h"

#include <map>
#include <string>

namespace fsd {

// A layer where it stands in the graph.
struct OnnxPlace {
    const Model &model;
    std::size_t index;
    const Shape &output;  // y, x, group, state: what it gives; what it reads is the chain's shape
    LayerForm form;       // of its numbers
    double unit = 1;      // 1/255 where it reads the image's bytes as they are
    // What it gives is divided by its sum over the states before anything else sees it.
    bool divided_by_sums = false;
    OnnxWeights weights = OnnxWeights::distributions;

    const Layer &layer() const { return model.layers[index]; }
    // The layer's tensor as it is stored.
    const Tensor &stored(const std::string &role) const { return model.tensor(layer().name + "." + role); }
};

// Where a layer's weights belong when they are read back: its input and the tensor's shape in model files.
struct OnnxWeightPlace {
    const Layer &layer;
    const Shape &input, &shape;
};

struct OnnxLayer {
    // Appends the nodes that compute the layer. Sets the chain's is_flat where that changes; its shape is set
    // by who calls.
    void (*append)(OnnxChain &chain, const OnnxPlace &place);

    // The layer divides by the sum over the states: numbers far below 1 must be right relative to themselves.
    bool divides_by_sums = false;

    // The tensor whose numbers have another order in the file, and what brings them back to that of model
    // files. Undefined: there is none.
    std::string restored_role = "";
    void (*restore)(const OnnxWeightPlace &place, const float *from, float *to) = nullptr;
};

// nullptr where ONNX has no word for the kind.
const OnnxLayer *find_onnx_layer(const std::string &kind);

// All of them, by kind: the list that the build writes.
std::map<std::string, OnnxLayer> known_onnx_layers();

// The place of layer `index`, whose input is read in the form that the graph gives it.
OnnxPlace onnx_place(const Model &model, std::size_t index, const Shape &output, bool reads_bytes,
                     OnnxWeights weights);

}  // namespace fsd
