// Computes in float64 and rounds once.
#include "runtime/layers/kld_parameters.h"

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

bool wants_likelihood_ratio(const Model &model, std::size_t index) {
    return index + 1 < model.layers.size() && layer_kind(model.layers[index + 1].op).wants_likelihood_ratio;
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
    Tensor result = copy_of(tensor);
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

KldParameters parameters_of(const Model &model, const Layer &layer) {
    KldParameters parameters{copy_of(model.tensor(layer.name + ".log_likelihood")),
                             copy_of(model.tensor(layer.name + ".log_prior")),
                             numbers(model.tensor(layer.name + ".observations"))[0]};
    auto *weights = static_cast<float *>(parameters.log_likelihood.data());
    for (std::size_t i = 0; i < parameters.log_likelihood.number_of_elements(); i++) {
        weights[i] = std::max(weights[i], least_log_likelihood);
    }
    return parameters;
}

std::size_t count_of_raised(const Model &model, const Layer &layer) {
    if (!layer_kind(layer.op).gives_evidence_of_distributions) {
        return 0;
    }
    const Tensor &weights = model.tensor(layer.name + ".log_likelihood");
    const float *const first = numbers(weights);
    return static_cast<std::size_t>(
        std::count_if(first, first + weights.number_of_elements(),
                      [](float weight) { return weight < least_log_likelihood; }));
}

KldParameters as_likelihood_ratio(const KldParameters &parameters) {
    const int input_states = shape_of(parameters.log_likelihood)[3],
              states = shape_of(parameters.log_prior)[1];
    return {plus(parameters.log_likelihood, std::log(input_states)),
            plus(parameters.log_prior, std::log(states)), parameters.observations};
}

KldParameters as_log_odds(const KldParameters &parameters) {
    Shape shape = shape_of(parameters.log_likelihood);
    const auto outputs = static_cast<std::size_t>(shape[4]);
    shape[3] = 1;
    KldParameters odds{make_tensor(halide_type_of<float>(), shape), copy_of(parameters.log_prior),
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

KldParameters centered(const KldParameters &parameters) {
    const int states = shape_of(parameters.log_prior)[1];
    return {centered(parameters.log_likelihood, states), centered(parameters.log_prior, states),
            parameters.observations};
}

bool is_unpadded(const Layer &layer) {
    const LayerKind &kind = layer_kind(layer.op);
    return !kind.has_attribute("padding_y") ||
           (layer.attribute("padding_y") == 0 && layer.attribute("padding_x") == 0);
}

KldParameters kld_parameters(const Model &model, std::size_t index, const LayerForm &form) {
    const KldParameters stored = parameters_of(model, model.layers[index]);
    const bool ratio = wants_likelihood_ratio(model, index);
    const auto in_form = [&](const KldParameters &parameters) {
        return form.reads_success_probability ? as_log_odds(parameters) : parameters;
    };
    if (form.up_to_constant && !ratio) {
        KldParameters small = in_form(centered(stored));
        if (is_counted(small.log_likelihood)) {
            return small;
        }
    }
    return in_form(ratio ? as_likelihood_ratio(stored) : stored);
}

KernelArguments kld_arguments(const Model &model, std::size_t index, const LayerForm &form) {
    const KldParameters parameters = kld_parameters(model, index, form);
    const Shape window = shape_of(parameters.log_likelihood), prior = shape_of(parameters.log_prior);
    // Where the window is the whole map, the kernel counts its sites among the inputs.
    const bool whole_map = !layer_kind(model.layers[index].op).has_attribute("window_y");
    return {{{"log_likelihood", parameters.log_likelihood}, {"log_prior", parameters.log_prior}},
            {{"observations", parameters.observations}},
            {{"window_y", window[0]},
             {"window_x", window[1]},
             {"input", (whole_map ? window[0] * window[1] : 1) * window[2] * window[3]},
             {"output", window[4]},
             {"group", prior[0]},
             {"state", prior[1]}}};
}

}  // namespace fsd
