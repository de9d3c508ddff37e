// Computes in float64 and rounds once.
#include "runtime/layers/parameters.h"

#include "runtime/layers/layer_kinds.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd {
namespace {

// The kernels count smaller log-likelihoods as this one; differences of them have to be formed after that.
constexpr float least_log_likelihood = -87;

const float *numbers(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

bool is_unpadded(const Layer &layer) {
    return layer.op == "kld_linear" ||
           (layer.attribute("padding_y") == 0 && layer.attribute("padding_x") == 0);
}

bool wants_likelihood_ratio(const Model &model, std::size_t index) {
    return index + 1 < model.layers.size() &&
           (model.layers[index + 1].op == "relu" || model.layers[index + 1].op == "sigmoid");
}

Tensor plus(const Tensor &tensor, double constant) {
    Tensor sum = make_tensor(tensor.type(), shape_of(tensor));
    auto *place = static_cast<float *>(sum.data());
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        place[i] = static_cast<float>(numbers(tensor)[i] + constant);
    }
    return sum;
}

// Numbers [row, group, state] minus the mean over each group's states.
Tensor centered(const Tensor &tensor, int states) {
    Tensor result = tensor.copy();
    auto *group = static_cast<float *>(result.data());
    for (float *const end = group + result.number_of_elements(); group != end; group += states) {
        const double mean = std::accumulate(group, group + states, 0.) / states;
        std::transform(group, group + states, group,
                       [&](float number) { return static_cast<float>(number - mean); });
    }
    return result;
}

// Whether the kernels take every number as it is.
bool is_counted(const Tensor &weights) {
    return std::all_of(numbers(weights), numbers(weights) + weights.number_of_elements(),
                       [](float weight) { return weight >= least_log_likelihood; });
}

}  // namespace

Parameters parameters_of(const Model &model, const Layer &layer) {
    Parameters parameters{model.tensor(layer.name + ".log_likelihood").copy(),
                          model.tensor(layer.name + ".log_prior").copy(),
                          numbers(model.tensor(layer.name + ".observations"))[0]};
    auto *weights = static_cast<float *>(parameters.log_likelihood.data());
    for (std::size_t i = 0; i < parameters.log_likelihood.number_of_elements(); i++) {
        weights[i] = std::max(weights[i], least_log_likelihood);
    }
    return parameters;
}

Parameters as_likelihood_ratio(const Parameters &parameters) {
    const int input_states = shape_of(parameters.log_likelihood)[3],
              states = shape_of(parameters.log_prior)[1];
    return {plus(parameters.log_likelihood, std::log(input_states)),
            plus(parameters.log_prior, std::log(states)), parameters.observations};
}

Parameters as_log_odds(const Parameters &parameters) {
    Shape shape = shape_of(parameters.log_likelihood);
    const auto outputs = static_cast<std::size_t>(shape[4]);
    shape[3] = 1;
    Parameters odds{make_tensor(halide_type_of<float>(), shape), parameters.log_prior.copy(),
                    parameters.observations};
    std::vector<double> first_state(outputs);
    const std::size_t variables = odds.log_likelihood.number_of_elements() / outputs;
    for (std::size_t variable = 0; variable < variables; variable++) {
        const float *weights = numbers(parameters.log_likelihood) + 2 * variable * outputs;
        float *difference = static_cast<float *>(odds.log_likelihood.data()) + variable * outputs;
        for (std::size_t output = 0; output < outputs; output++) {
            first_state[output] += weights[output];
            difference[output] =
                static_cast<float>(static_cast<double>(weights[outputs + output]) - weights[output]);
        }
    }
    auto *prior = static_cast<float *>(odds.log_prior.data());
    for (std::size_t output = 0; output < outputs; output++) {
        prior[output] = static_cast<float>(prior[output] + parameters.observations * first_state[output]);
    }
    return odds;
}

Parameters centered(const Parameters &parameters) {
    const int states = shape_of(parameters.log_prior)[1];
    return {centered(parameters.log_likelihood, states), centered(parameters.log_prior, states),
            parameters.observations};
}

bool takes_log_odds(const Model &model) {
    const Layer &first = model.layers.front();
    return layer_kind(first.op).has_parameters() && is_unpadded(first);
}

Parameters evidence_parameters(const Model &model, std::size_t index, const EvidenceForm &form) {
    const Parameters stored = parameters_of(model, model.layers[index]);
    const bool ratio = wants_likelihood_ratio(model, index);
    const auto in_form = [&](const Parameters &parameters) {
        return form.log_odds ? as_log_odds(parameters) : parameters;
    };
    if (form.up_to_constant && !ratio) {
        Parameters small = in_form(centered(stored));
        if (is_counted(small.log_likelihood)) {
            return small;
        }
    }
    return in_form(ratio ? as_likelihood_ratio(stored) : stored);
}

}  // namespace fsd
