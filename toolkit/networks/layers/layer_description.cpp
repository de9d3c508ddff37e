// Shape, attributes, statistics of the tensors; entropies in nats where the layer is made of distributions.
#include "toolkit/networks/layers/layer_description.h"

#include "runtime/layers/kld_parameters.h"
#include "toolkit/evaluation/layer_information.h"
#include "toolkit/evaluation/weight_statistics.h"

namespace fsd {
namespace {

using Json = nlohmann::ordered_json;

void add_statistics(Json &result, const Model &model, const Layer &layer) {
    std::size_t parameters = 0;
    for (const WeightStatistics &tensor : weight_statistics(model, layer)) {
        parameters += tensor.count;
        result["tensors"][tensor.role] = {{"shape", tensor.shape}, {"count", tensor.count},
                                          {"mean", tensor.mean},   {"deviation", tensor.deviation},
                                          {"least", tensor.least}, {"greatest", tensor.greatest}};
    }
    if (parameters > 0) {
        result["parameters"] = parameters;
    }
}

}  // namespace

Json layer_description(const Model &model, const Layer &layer, const Shape &shape) {
    Json result = {{"op", layer.op}};
    if (!layer.name.empty()) {
        result["name"] = layer.name;
    }
    result["shape"] = shape;
    result["states"] = shape[3];
    for (const auto &[key, value] : layer.attributes) {
        result["attributes"][key] = value;
    }
    for (const auto &[key, value] : layer.numbers) {
        result["attributes"][key] = value;
    }
    add_statistics(result, model, layer);
    if (const auto parameters = parameter_summary(model, layer)) {
        result["observations"] = parameters->observations;
        result["log_q_below_minus_87"] = count_of_raised(model, layer);
        result["filter_entropy"] = parameters->filter_entropy;
        result["filter_entropy_maximum"] = parameters->filter_maximum;
        result["prior_entropy"] = parameters->prior_entropy;
    }
    return result;
}

}  // namespace fsd
