// Reads the tensors of the layers.
#include "toolkit/analysis/teacher/layers/dense_network.h"

namespace fsd::analysis {
namespace {

Matrix matrix_of(const Tensor &weight, const Tensor &bias) {
    const Shape shape = shape_of(weight);
    Matrix result(shape[0] + 1, shape[1]);
    const auto *w = static_cast<const float *>(weight.data());
    result.topRows(shape[0]) =
        Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(w, shape[0],
                                                                                                shape[1])
            .cast<double>();
    const auto *b = static_cast<const float *>(bias.data());
    for (int unit = 0; unit < shape[1]; unit++) {
        result(shape[0], unit) = b[unit];
    }
    return result;
}

}  // namespace

std::optional<DenseNetwork> dense_network_of(const Model &model) {
    DenseNetwork result;
    std::size_t layers = model.layers.size();
    if (layers > 0 && model.layers[layers - 1].op == "log_softmax") {
        layers--;
    }
    for (std::size_t layer = 0; layer < layers; layer++) {
        const Layer &one = model.layers[layer];
        if (one.op != (layer % 2 == 0 ? "linear" : "relu")) {
            return std::nullopt;
        }
        if (layer % 2 == 0) {
            result.weights.push_back(
                matrix_of(model.tensor(one.name + ".weight"), model.tensor(one.name + ".bias")));
        }
    }
    return layers % 2 == 1 ? std::optional<DenseNetwork>(result) : std::nullopt;
}

}  // namespace fsd::analysis
