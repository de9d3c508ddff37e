// A layer's numbers are distributions, whose variables are discrete, or numbers, which become codes.
#include "toolkit/analysis/features/feature_study.h"

#include "runtime/error.h"
#include "runtime/models/activations.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/class_means.h"
#include "toolkit/analysis/features/codes.h"
#include "toolkit/analysis/features/posteriors.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

int units_of(const Tensor &activations) {
    return static_cast<int>(activations.number_of_elements() /
                            static_cast<std::size_t>(shape_of(activations).front()));
}

std::string name_of(const Model &model, std::size_t layer) {
    if (layer == 0) {
        return "input";
    }
    const Layer &before = model.layers[layer - 1];
    return before.name.empty() ? before.op : before.op + " " + before.name;
}

// The features of a variable's best states and of all variables together.
void add_variables(LayerFeatures &found, const Tensor &posteriors, const Dataset &data, int classes,
                   const FeatureOptions &options) {
    const MeansByClass means = class_means(posteriors, data.labels, classes);
    double sum = 0, best = -1;
    for (int variable = 0; variable < found.variables; variable++) {
        const Matrix own = means.mean.middleCols(Eigen::Index(variable) * found.states, found.states);
        const double information = mutual_information(
            joint_of_counts((means.count.asDiagonal() * own).transpose(), "A layer's states"));
        sum += information;
        if (information > best) {
            best = information;
            found.variable = variable;
        }
    }
    found.mean_information = sum / found.variables;
    found.input_information = mean_input_information(posteriors, found.states);
    const Tensor own = variable_of(posteriors, found.variable, found.states);
    found.discrete = discrete_features(counts_of_posterior(own, classes), data.labels, options.discrete);
}

void add_codes(LayerFeatures &found, const Tensor &activations, const std::vector<int> &labels, int classes,
               const FeatureOptions &options) {
    const Codes codes = codes_of(activations, options.codes, options.discrete.resampling.seed);
    found.discrete =
        discrete_features(counts_of_codes(codes.code, codes.count, classes), labels, options.discrete);
}

void add_scores(LayerFeatures &found, const Tensor &activations, const std::vector<int> &labels, int classes,
                const FeatureOptions &options) {
    if (found.units > most_scored_units) {
        found.flags.emplace_back("too_wide");
        return;
    }
    found.scored = scored_features(activations, labels, classes, options.discrete.resampling);
}

LayerFeatures layer_features(const Model &model, const ActivationType &type, std::size_t layer,
                             const Dataset &data, const FeatureOptions &options) {
    const Tensor activations = activations_of(model, data.inputs(), {layer}).at(layer);
    const auto classes = static_cast<int>(model.classes.size());
    LayerFeatures found;
    found.layer = layer;
    found.behind = name_of(model, layer);
    found.units = units_of(activations);
    const std::optional<Tensor> posteriors = posteriors_of(activations, type);
    if (posteriors) {
        found.states = type.shape[3];
        found.variables = found.units / found.states;
        add_variables(found, *posteriors, data, classes, options);
    }
    add_scores(found, posteriors ? *posteriors : activations, data.labels, classes, options);
    if (!posteriors && found.units <= most_scored_units) {
        add_codes(found, activations, data.labels, classes, options);
    }
    return found;
}

}  // namespace

std::vector<LayerFeatures> layer_features(const Model &model, const Dataset &data,
                                          const FeatureOptions &options) {
    need_classes(data);
    if (options.layer && *options.layer > model.layers.size()) {
        throw Error(ExitCode::bad_input,
                    text("The network has ", model.layers.size(),
                         " layers, so that its activations are numbered 0 (the input) to ",
                         model.layers.size(), "; found ", *options.layer, "."));
    }
    const std::vector<ActivationType> types = activations(model);
    std::vector<LayerFeatures> all;
    for (std::size_t layer = 0; layer < types.size(); layer++) {
        if (!options.layer || *options.layer == layer) {
            options.progress(text("layer ", layer, " of ", model.layers.size(), ": ", name_of(model, layer)));
            all.push_back(layer_features(model, types[layer], layer, data, options));
        }
    }
    return all;
}

LayerFeatures array_features(const Tensor &activations, const std::vector<int> &labels, int classes,
                             const FeatureOptions &options) {
    LayerFeatures found;
    found.units = units_of(activations);
    add_scores(found, activations, labels, classes, options);
    if (found.scored) {
        add_codes(found, activations, labels, classes, options);
    }
    return found;
}

}  // namespace fsd::analysis
