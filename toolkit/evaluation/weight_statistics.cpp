// Two passes in float64.
#include "toolkit/evaluation/weight_statistics.h"

#include "runtime/layers/layer_kind.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd {
namespace {

WeightStatistics statistics_of(const std::string &role, const Tensor &tensor) {
    const auto *first = static_cast<const float *>(tensor.data());
    const float *last = first + tensor.number_of_elements();
    WeightStatistics found{role, shape_of(tensor), tensor.number_of_elements()};
    found.mean = std::accumulate(first, last, 0.0) / static_cast<double>(found.count);
    const double squares = std::accumulate(first, last, 0.0, [&](double sum, float number) {
        return sum + (number - found.mean) * (number - found.mean);
    });
    found.deviation = std::sqrt(squares / static_cast<double>(found.count));
    const auto [least, greatest] = std::minmax_element(first, last);
    found.least = *least;
    found.greatest = *greatest;
    return found;
}

}  // namespace

std::vector<WeightStatistics> weight_statistics(const Model &model, const Layer &layer) {
    std::vector<WeightStatistics> result;
    for (const TensorRule &rule : layer_kind(layer.op).tensors) {
        result.push_back(statistics_of(rule.role, model.tensor(layer.name + "." + rule.role)));
    }
    return result;
}

}  // namespace fsd
