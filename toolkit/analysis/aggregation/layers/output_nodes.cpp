// Kinds whose window is the whole map, told by the arguments that they give their kernels.
#include "toolkit/analysis/aggregation/layers/output_nodes.h"

#include "runtime/layers/kld_parameters.h"

namespace fsd::analysis {
namespace {

using FloatMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const FloatMatrix> numbers(const Tensor &tensor, Eigen::Index columns) {
    const auto count = static_cast<Eigen::Index>(tensor.number_of_elements());
    return {static_cast<const float *>(tensor.data()), count / columns, columns};
}

LinearNodes weighted(const Model &model, const Layer &layer) {
    const Tensor &weight = model.tensor(layer.name + ".weight"), &bias = model.tensor(layer.name + ".bias");
    const auto nodes = static_cast<Eigen::Index>(bias.number_of_elements());
    return {numbers(weight, nodes).cast<double>(), numbers(bias, nodes).row(0).cast<double>()};
}

LinearNodes evidence(const Model &model, const Layer &layer) {
    const KldParameters stored = parameters_of(model, layer);
    const auto nodes = static_cast<Eigen::Index>(stored.log_prior.number_of_elements());
    return {stored.observations * numbers(stored.log_likelihood, nodes).cast<double>(),
            numbers(stored.log_prior, nodes).row(0).cast<double>()};
}

}  // namespace

std::optional<LinearNodes> output_nodes(const Model &model, std::size_t index) {
    const Layer &layer = model.layers.at(index);
    if (layer.op == "linear") {
        return weighted(model, layer);
    }
    if (layer.op == "kld_linear") {
        return evidence(model, layer);
    }
    return std::nullopt;
}

}  // namespace fsd::analysis
