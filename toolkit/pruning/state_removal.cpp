// In float64, rounded once. Conditioning on H in K multiplies the likelihood of a draw under the filter q by
// 1 / q(K), and the prior of the state that expects q by q(K)^n for each variable of its window: what a
// filter gains by renormalization its prior loses, and all that changes is what is observed.
#include "toolkit/pruning/state_removal.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_check.h"
#include "toolkit/evaluation/information.h"
#include "toolkit/pruning/layers/passing_kinds.h"
#include "toolkit/system/number_text.h"

#include <algorithm>
#include <functional>

namespace fsd {
namespace {

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

[[noreturn]] void refuse(const Model &model, std::size_t layer, const std::string &reason) {
    throw Error(ExitCode::unsupported, text("States of ", describe_layer(model.layers[layer], layer),
                                            " cannot be removed: ", reason));
}

std::string names_of(const Model &model, const std::vector<std::size_t> &layers) {
    std::string names;
    for (const std::size_t layer : layers) {
        names += text(names.empty() ? "" : ", ", "'", model.layers[layer].name, "' (", layer, ")");
    }
    return names.empty() ? "no layer" : names;
}

// log p - LSE over each group of [group, state].
Tensor normalized_prior(const std::vector<double> &log_prior, int groups) {
    const int states = static_cast<int>(log_prior.size()) / groups;
    Tensor out = make_tensor<float>({groups, states});
    auto *next = static_cast<float *>(out.data());
    for (int group = 0; group < groups; group++) {
        const double *own = log_prior.data() + std::ptrdiff_t(group) * states;
        const double total = log_sum_exp(own, static_cast<std::size_t>(states));
        next = std::transform(own, own + states, next,
                              [=](double number) { return static_cast<float>(number - total); });
    }
    return out;
}

// Of [..., group x state] with `states` per group those that stay.
std::vector<double> kept_outputs(const Tensor &tensor, const KeptStates &kept, int states) {
    const std::size_t outputs = kept.size() * static_cast<std::size_t>(states);
    std::vector<double> result;
    for (const float *row = floats(tensor), *end = row + tensor.number_of_elements(); row != end;
         row += outputs) {
        for (std::size_t group = 0; group < kept.size(); group++) {
            for (const int state : kept[group]) {
                result.push_back(row[group * static_cast<std::size_t>(states) + state]);
            }
        }
    }
    return result;
}

void remove_outputs(Model &model, std::size_t index, const KeptStates &kept) {
    Layer &layer = model.layers[index];
    const int states = layer.attribute("states"), stay = static_cast<int>(kept.front().size());
    Tensor &filters = model.tensors.at(layer.name + ".log_likelihood");
    Tensor &prior = model.tensors.at(layer.name + ".log_prior");
    Shape shape = shape_of(filters);
    shape.back() = static_cast<int>(kept.size()) * stay;
    const std::vector<double> own = kept_outputs(filters, kept, states);
    filters = make_tensor<float>(shape);
    std::transform(own.begin(), own.end(), static_cast<float *>(filters.data()),
                   [](double number) { return static_cast<float>(number); });
    prior = normalized_prior(
        kept_outputs(reshaped(prior, {1, static_cast<int>(prior.number_of_elements())}), kept, states),
        static_cast<int>(kept.size()));
    layer.attributes["states"] = stay;
}

// Filters [position, group, state, output].
struct ReaderFilters {
    const Tensor &filters;
    const Shape shape = shape_of(filters);
    const int positions = shape[0] * shape[1], groups = shape[2], states = shape[3], outputs = shape[4];

    double at(int position, int group, int state, int output) const {
        const std::size_t row = (std::size_t(position) * groups + group) * states + state;
        return floats(filters)[row * outputs + output];
    }
};

// Renormalizes the filters; gives the logarithm of what each output's filters said of the states that stay,
// the sum over positions and groups.
std::vector<double> remove_inputs(Tensor &filters, const KeptStates &kept) {
    const ReaderFilters old{filters};
    const auto stay = static_cast<int>(kept.front().size());
    Tensor fewer = make_tensor<float>({old.shape[0], old.shape[1], old.groups, stay, old.outputs});
    std::vector<double> log_kept(static_cast<std::size_t>(old.outputs)), own(static_cast<std::size_t>(stay));
    for (int variable = 0; variable < old.positions * old.groups; variable++) {
        const int position = variable / old.groups, group = variable % old.groups;
        auto *place = static_cast<float *>(fewer.data()) + std::ptrdiff_t(variable) * stay * old.outputs;
        for (int output = 0; output < old.outputs; output++) {
            std::transform(kept[group].begin(), kept[group].end(), own.begin(),
                           [&](int state) { return old.at(position, group, state, output); });
            const double total = log_sum_exp(own.data(), own.size());
            log_kept[output] += total;
            for (int state = 0; state < stay; state++) {
                place[std::ptrdiff_t(state) * old.outputs + output] = static_cast<float>(own[state] - total);
            }
        }
    }
    filters = fewer;
    return log_kept;
}

void condition_reader(Model &model, const Layer &reader, const KeptStates &kept) {
    const std::vector<double> log_kept =
        remove_inputs(model.tensors.at(reader.name + ".log_likelihood"), kept);
    const double observations = *floats(model.tensor(reader.name + ".observations"));
    Tensor &prior = model.tensors.at(reader.name + ".log_prior");
    std::vector<double> log_prior(floats(prior), floats(prior) + prior.number_of_elements());
    for (std::size_t output = 0; output < log_prior.size(); output++) {
        log_prior[output] += observations * log_kept[output];
    }
    prior = normalized_prior(log_prior, shape_of(prior)[0]);
}

void check(const Model &model, std::size_t index, const KeptStates &kept) {
    const Layer &layer = model.layers[index];
    const int groups = layer.attribute("groups"), states = layer.attribute("states");
    const auto fits = [&](const std::vector<int> &own) {
        return own.size() >= 2 && own.size() == kept.front().size() &&
               std::adjacent_find(own.begin(), own.end(), std::greater_equal<>()) == own.end() &&
               own.front() >= 0 && own.back() < states;
    };
    if (kept.size() != static_cast<std::size_t>(groups) || !std::all_of(kept.begin(), kept.end(), fits)) {
        throw Error(ExitCode::usage,
                    text("The states that stay in ", describe_layer(layer, index), " must be at least 2 of ",
                         states, " in each of ", groups, " groups, ascending and in each group as many."));
    }
}

}  // namespace

std::size_t reader_of_states(const Model &model, std::size_t layer) {
    const auto kind_of = [&](std::size_t index) -> const LayerKind & {
        return layer_kind(model.layers[index].op);
    };
    if (!kind_of(layer).gives_evidence_of_distributions) {
        refuse(model, layer, "it has none. kld_conv and kld_linear have states.");
    }
    if (layer + 1 < model.layers.size() && !kind_of(layer + 1).gives_posterior) {
        refuse(model, layer,
               text(describe_layer(model.layers[layer + 1], layer + 1),
                    " makes no distributions of its evidence. Bayes' rule does: normalize."));
    }
    for (std::size_t next = layer + 2; next < model.layers.size(); next++) {
        if (kind_of(next).gives_evidence_of_distributions) {
            return next;
        }
        if (!passes_distributions(model.layers[next])) {
            refuse(model, layer,
                   text(describe_layer(model.layers[next], next),
                        " reads them, which does not take distributions for what they are. Only pools that "
                        "keep distributions may stand between two KLD layers."));
        }
    }
    refuse(model, layer, "they are what the network gives; no KLD layer reads them.");
}

std::vector<std::size_t> layers_that_can_lose_states(const Model &model) {
    std::vector<std::size_t> layers;
    for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
        try {
            reader_of_states(model, layer);
            layers.push_back(layer);
        } catch (const Error &) {
            continue;
        }
    }
    return layers;
}

std::size_t layer_called(const Model &model, const std::string &name_or_index) {
    for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
        if (!name_or_index.empty() && model.layers[layer].name == name_or_index) {
            return layer;
        }
    }
    const auto index = whole_number<std::size_t>(name_or_index);
    if (!index || *index >= model.layers.size()) {
        throw Error(ExitCode::usage,
                    text("The network has no layer '", name_or_index, "'; states can be removed from ",
                         names_of(model, layers_that_can_lose_states(model)), "."));
    }
    return *index;
}

Model with_states(const Model &model, std::size_t layer, const KeptStates &kept) {
    const std::size_t reader = reader_of_states(model, layer);
    check(model, layer, kept);
    Model fewer = model;
    remove_outputs(fewer, layer, kept);
    condition_reader(fewer, model.layers[reader], kept);
    fewer.novelty.reset();
    check_model(fewer);
    return fewer;
}

}  // namespace fsd
