// Sums of squares over what reads a channel.
#include "toolkit/analysis/teacher/layers/reading_norms.h"

#include <cmath>

namespace fsd::analysis {

std::vector<double> reading_norms(const Model &model, std::size_t layer) {
    if (layer >= model.layers.size() ||
        (model.layers[layer].op != "linear" && model.layers[layer].op != "conv")) {
        return {};
    }
    const Layer &reader = model.layers[layer];
    const Tensor &weight = model.tensor(reader.name + ".weight");
    const Shape shape = shape_of(weight), input = activation_shapes(model)[layer];
    const auto outputs = static_cast<std::size_t>(shape.back()),
               inputs = static_cast<std::size_t>(shape[shape.size() - 2]);
    if (reader.op == "conv" &&
        inputs != static_cast<std::size_t>(input[2]) * static_cast<std::size_t>(input[3])) {
        return {};  // in groups
    }
    std::vector<double> squares(inputs);
    const auto *numbers = static_cast<const float *>(weight.data());
    for (std::size_t i = 0; i < weight.number_of_elements(); i++) {
        squares[i / outputs % inputs] += double(numbers[i]) * numbers[i];
    }
    std::vector<double> norms(element_count(input));
    for (std::size_t unit = 0; unit < norms.size(); unit++) {
        norms[unit] = std::sqrt(squares[unit % inputs]);
    }
    return norms;
}

}  // namespace fsd::analysis
