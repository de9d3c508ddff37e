// What the layers of a network hold, and what they tell about data.
#pragma once

#include "runtime/model.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

// The numbers of a layer with parameters. Entropies in nats.
struct ParameterSummary {
    std::size_t count = 0;      // stored numbers
    double observations = 0;    // n
    double filter_entropy = 0;  // mean of H(q) over filters, positions and input groups
    double filter_maximum = 0;  // log S of the input
    double prior_entropy = 0;   // mean of H(pi) over the groups
};

// None for a layer without parameters.
std::optional<ParameterSummary> parameter_summary(const Model &model, const Layer &layer);

// The posterior h of a normalization layer over all sites and samples; means over the groups, nats.
struct Information {
    double information = 0;        // I(X;H) = H(mean h) - mean H(h)
    double marginal_entropy = 0;   // H(mean h)
    double posterior_entropy = 0;  // mean H(h)
    double maximum = 0;            // log S
};

// By the index of the layer: every normalize and log_normalize layer (softmax and log_softmax). images: as
// Network::run takes them. All posteriors of one layer are held at a time. Throws Error(bad_input) where they
// are 2^31 numbers or more.
std::map<std::size_t, Information> information_of(const Model &model, const Tensor &images,
                                                  const std::string &device);

}  // namespace fsd
