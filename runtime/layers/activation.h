// What stands between two layers of a network.
#pragma once

#include "runtime/tensor.h"

#include <string>

namespace fsd {

// What the numbers of an activation are.
enum class ActivationKind {
    probability,      // or a stand-in for it: the output of relu, sigmoid, max_pool behind log-evidence
    log_evidence,     // nats, un-normalized
    log_probability,  // nats
    real,             // any finite number, as in ordinary networks
};

// "probabilities", "log-evidence", "log-probabilities", "real numbers".
std::string to_string(ActivationKind kind);

struct ActivationType {
    Shape shape;  // y, x, group, state; channel = group * states + state
    ActivationKind kind = ActivationKind::probability;
    bool may_vanish = false;  // all states of a group can be 0 (behind relu or sigmoid of evidence)
    bool may_exclude =
        false;  // a 0 is the formula's (behind relu of evidence), not a number that was rounded

    int channels() const { return shape[2] * shape[3]; }
};

}  // namespace fsd
