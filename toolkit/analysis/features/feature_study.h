// What each layer of a network tells of the class, and the same of a user's own activations or table.
#pragma once

#include "toolkit/analysis/features/discrete_features.h"
#include "toolkit/analysis/features/output_projection.h"
#include "toolkit/analysis/features/scored_features.h"

#include <optional>

namespace fsd::analysis {

struct LayerFeatures {
    std::size_t layer =
        0;               // activations in front of this layer; the number of layers: what the network gives
    std::string behind;  // the kind and name of the layer that gives them; "input"; empty for arrays
    int units = 0;
    // Where the numbers are distributions of states, one variable per position and group; else 0.
    int variables = 0, states = 0;
    int variable = 0;                         // the one that tells most of the class: `discrete` is about it
    std::optional<double> mean_information;   // I(H;Y), mean over the variables, nats
    std::optional<double> input_information;  // I(X;H) of all samples, mean over the variables, nats
    // Of that variable, exact for the samples; of numbers: of codes (bins or clusters).
    std::optional<DiscreteFeatures> discrete;
    std::optional<ScoredFeatures> scored;  // of all numbers together
    std::vector<std::string> flags;        // too_wide: more than 1024 numbers are neither scored nor coded
};

struct FeatureOptions {
    int codes = 32;                    // of layers that are no distributions
    DiscreteOptions discrete;          // with how many features, permutations, bootstraps; seed
    std::optional<std::size_t> layer;  // only this one
    std::function<void(const std::string &sentence)> progress = [](const std::string &) {};
};

constexpr int most_scored_units = 1024;

// In front of each layer and behind the last one. Data: with the model's classes. Throws Error(bad_input) for
// a layer that does not exist and for data without classes.
std::vector<LayerFeatures> layer_features(const Model &model, const Dataset &data,
                                          const FeatureOptions &options);

// Of activations float32 [sample, ...] as numbers.
LayerFeatures array_features(const Tensor &activations, const std::vector<int> &labels, int classes,
                             const FeatureOptions &options);

}  // namespace fsd::analysis
