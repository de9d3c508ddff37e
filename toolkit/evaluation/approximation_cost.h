// What it does to a network's activations when exact operations are replaced by approximations.
#pragma once

#include "runtime/model.h"

#include <string>
#include <vector>

namespace fsd {

// The Kullback-Leibler divergence D(exact || replaced) of a layer's activations, in nats per variable (group
// of states at a site), with all approximations in the layers before it. An activation that is no
// distribution (a maximum, a ReLU) is divided by its sum over the states first.
struct LayerCost {
    std::size_t layer = 0;
    std::string exact;     // the op
    std::string replaced;  // the op in its place
    double mean = 0;       // over the variables where the divergence is finite; NaN where it is nowhere
    double largest = 0;    // of those
    double infinite =
        0;  // share of variables where the replaced activation excludes a state that is possible
    // Share of variables where the replaced activation has a 0 that it got by rounding: no operation up to
    // there gives 0. It counts as 2^-126, the least normal number of float32, so that their divergence is at
    // least what is said.
    double underflow = 0;
    double sum_mean = 1;  // mean sum over the states of the replaced activation, before it was divided
};

// One entry per layer whose exact activation is a distribution. Both models have the same layers up to their
// ops. images: as Network::run takes them, dense.
std::vector<LayerCost> layer_costs(const Model &exact, const Model &replaced, const Tensor &images,
                                   const std::string &device);

// Whether what the network gives is a distribution over the classes; its NLL and ECE mean nothing where it is
// none, as behind a hard normalization.
bool gives_distribution(const Model &model);

}  // namespace fsd
