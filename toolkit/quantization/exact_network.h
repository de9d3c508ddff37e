// A model evaluated in float64: the reference that quantized networks are measured against.
#pragma once

#include "toolkit/quantization/exact_layer.h"
#include "toolkit/quantization/window_sums.h"

#include <cstdint>
#include <vector>

namespace fsd {

// One image's activations: before the first layer and after each layer of the model.
using Trace = std::vector<NumberMap>;

class ExactNetwork {
public:
    // Throws Error as quantize() does.
    explicit ExactNetwork(const Model &model);

    const Model &model() const { return model_; }
    const std::vector<ExactLayer> &layers() const { return layers_; }  // centered

    // The log-evidence that the k-th KLD layer gives for the probabilities, up to a constant per group.
    NumberMap evidence(std::size_t k, const NumberMap &probability) const;

    // image: [y, x, color]. May be called by several threads.
    Trace run(const uint8_t *image) const;

private:
    Model model_;
    std::vector<Shape> shapes_;
    std::vector<ExactLayer> layers_;
    std::vector<WindowSums<double, double>> sums_;
};

}  // namespace fsd
