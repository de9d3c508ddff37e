// What an exported graph takes and gives, by name.
#pragma once

#include "runtime/model.h"

#include <string>
#include <vector>

namespace fsd {

// What the graph of an image takes. A vector is always floats.
enum class OnnxNumbers {
    bytes,   // 0..255
    floats,  // what Network::run takes as float32: the values of pixels, or probabilities of state 1
};

// How the numbers of KLD layers stand in the file.
enum class OnnxWeights {
    distributions,  // log q, log prior and n, from which nodes compute weights: `fsdnet import` gives them
                    // back
    folded,         // the weights: for readers that want constants where a Conv has its weights
};

struct OnnxValue {
    std::string name;
    halide_type_t type;
    std::vector<std::string> axes;
    Shape shape;       // -1: free
    std::string unit;  // "nats"; empty for plain numbers

    // "uint8 [sample, y, x, color]", with the unit in place of the type where there is one.
    std::string describe() const;
};

// image: uint8 [sample, y, x, color]; numbers: float32 of the same axes, or [sample, number] for a vector.
OnnxValue onnx_input(const Model &model, OnnxNumbers numbers);

// log_posterior: float32 [sample, class], nats; or result: float32 [sample, number] where there are no
// classes.
OnnxValue onnx_result(const Model &model);

}  // namespace fsd
