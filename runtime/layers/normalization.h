// What the kinds share that normalize the evidence of each group's states, or approximate that.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd::layers {

// Bayes' rule, computed by the kernel of `op`; real numbers count as evidence.
LayerKind bayes_rule(const std::string &name, const std::string &op, ActivationKind gives);

// An element-wise function: of evidence it approximates Bayes' rule, of real numbers it gives real numbers.
LayerKind element_wise_approximation(const std::string &name);

// An element-wise function of real numbers (evidence is read as such).
LayerKind element_wise(const std::string &name);

}  // namespace fsd::layers
