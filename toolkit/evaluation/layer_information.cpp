// Entropies of filters in float64; information of posteriors by the kernel mutual_information.
#include "toolkit/evaluation/layer_information.h"

#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/evaluation/information.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// The mean entropy of the distributions with `states` states each that the tensor holds, wherever their
// states lie: the sum of -p log p over all elements, divided by the number of distributions.
double mean_entropy(const Tensor &log_probability, int states) {
    const std::size_t count = log_probability.number_of_elements();
    return entropy(static_cast<const float *>(log_probability.data()), count) * states /
           static_cast<double>(count);
}

double mean_of(const Tensor &tensor) {
    const auto *values = static_cast<const float *>(tensor.data());
    double sum = 0;
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        sum += values[i];
    }
    return sum / static_cast<double>(tensor.number_of_elements());
}

// The layer's posterior as [site, group, state] for all images.
Tensor posterior_of(const Model &model, Network &network, std::size_t wanted, const Tensor &images) {
    const int samples = shape_of(images)[0];
    const Shape shape = activation_shapes(model)[wanted + 1];  // y, x, group, state
    Tensor posterior =
        make_tensor(halide_type_of<float>(), {samples * shape[0] * shape[1], shape[2], shape[3]});
    auto *next = static_cast<float *>(posterior.data());
    const bool logarithms = kind_behind(model, wanted) == ActivationKind::log_probability;
    Tensor log_posterior = make_tensor<float>({samples, result_size(model)});
    const Progress progress(text("runs ", samples, " images up to layer ", wanted));
    network.run(images, log_posterior, [&](std::size_t layer, const Tensor &activation) {
        if (layer == wanted) {
            const auto *values = static_cast<const float *>(activation.data());
            const auto probability = [=](float value) { return logarithms ? std::exp(value) : value; };
            next = std::transform(values, values + activation.number_of_elements(), next, probability);
        }
    });
    return posterior;
}

Information measured(const Tensor &posterior, const std::string &device) {
    const Shape shape = shape_of(posterior);
    Tensor information = make_tensor<float>({shape[1]}), conditional = make_tensor<float>({shape[1]}),
           marginal = make_tensor<float>({shape[1]});
    Call call(need_kernel("mutual_information", {device, "tuned", "cpu"}));
    call.set("posterior", posterior)
        .set("information", information)
        .set("conditional_entropy", conditional)
        .set("marginal_entropy", marginal);
    call();
    return {mean_of(information), mean_of(marginal), mean_of(conditional),
            std::log(static_cast<double>(shape[2]))};
}

}  // namespace

std::optional<ParameterSummary> parameter_summary(const Model &model, const Layer &layer) {
    if (!layer_kind(layer.op).gives_evidence_of_distributions) {
        return std::nullopt;
    }
    const Tensor &filters = model.tensor(layer.name + ".log_likelihood"),
                 &prior = model.tensor(layer.name + ".log_prior");
    const int input_states = shape_of(filters)[3], states = shape_of(prior)[1];
    ParameterSummary summary;
    summary.count = filters.number_of_elements() + prior.number_of_elements() + 1;
    summary.observations = *static_cast<const float *>(model.tensor(layer.name + ".observations").data());
    summary.filter_entropy = mean_entropy(filters, input_states);
    summary.filter_maximum = std::log(static_cast<double>(input_states));
    summary.prior_entropy = mean_entropy(prior, states);
    return summary;
}

std::map<std::size_t, Information> information_of(const Model &model, const Tensor &images,
                                                  const std::string &device) {
    NetworkOptions options;
    options.device = device;
    options.fuse = false;
    Network network(model, options);
    std::map<std::size_t, Information> result;
    for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
        if (layer_kind(model.layers[layer].op).gives_posterior) {
            result[layer] = measured(posterior_of(model, network, layer, images), device);
        }
    }
    return result;
}

}  // namespace fsd
