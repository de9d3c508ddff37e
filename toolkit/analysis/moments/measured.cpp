// Runs the network, or its tail, and studies what it gives.
#include "toolkit/analysis/moments/measured.h"

#include "runtime/error.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/moments/tail.h"

#include <numeric>

namespace fsd::analysis {
namespace {

std::vector<std::size_t> layers_from(std::size_t first, std::size_t end) {
    std::vector<std::size_t> layers(end + 1 - std::min(first, end));
    std::iota(layers.begin(), layers.end(), first);
    return layers;
}

// Refuses what cannot be followed before anything is run.
void check(const Model &model, const StudyOptions &options) {
    const Propagation possible(model, options.from, options.propagation);
}

}  // namespace

Study study_data(const Model &model, const Dataset &data, const StudyOptions &options) {
    check(model, options);
    const auto activations =
        activations_of(model, data.inputs(), layers_from(options.from, model.layers.size()));
    if (data.is_regression()) {
        const std::vector<int> labels(static_cast<std::size_t>(data.count()), 0);
        return study_moments(model, activations, labels, {"all"}, options);
    }
    return study_moments(model, activations, data.labels, data.classes, options);
}

Study study_activations(const Model &model, const Tensor &activations, const StudyOptions &options) {
    check(model, options);
    const std::optional<Model> tail = tail_of(model, options.from);
    if (!tail) {
        throw Error(ExitCode::unsupported, text("In front of layer ", options.from,
                                                " stand distributions, which a network does not read as "
                                                "plain numbers; give --data, or --mean "
                                                "and --covariance."));
    }
    const int samples = shape_of(activations)[0];
    const Shape shape = activation_shapes(model)[options.from];
    if (activations.number_of_elements() != element_count(shape) * static_cast<std::size_t>(samples)) {
        throw Error(ExitCode::bad_input,
                    text("In front of layer ", options.from, " stand ", element_count(shape),
                         " numbers; the activations are of shape ", to_string(shape_of(activations)), "."));
    }
    const Tensor inputs = reshaped(activations, {samples, shape[0], shape[1], shape[2] * shape[3]});
    std::map<std::size_t, Tensor> behind;
    for (const auto &[layer, tensor] : activations_of(*tail, inputs, layers_from(0, tail->layers.size()))) {
        behind.emplace(layer + options.from, tensor);
    }
    const std::vector<int> labels(static_cast<std::size_t>(samples), 0);
    return study_moments(model, behind, labels, {"all"}, options);
}

}  // namespace fsd::analysis
