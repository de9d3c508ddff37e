// What a layer of a model may be: its attributes, what it takes and gives, what may stand in for it.
#pragma once

#include <string>
#include <vector>

namespace fsd {

// What the numbers of an activation are. A layer takes one kind and gives one.
enum class ActivationKind {
    probability,      // or a stand-in for it: the output of relu, sigmoid, max_pool
    log_evidence,     // nats, un-normalized
    log_probability,  // nats
};

struct LayerKind {
    std::string op;
    ActivationKind takes;
    ActivationKind gives;
    std::vector<std::string> attributes;
    std::string family;  // ops of one family may replace each other without retraining; empty: none

    bool has_parameters() const {
        return takes == ActivationKind::probability && gives == ActivationKind::log_evidence;
    }
    bool is_pooling() const { return takes == gives; }
};

// nullptr for an op that no layer can have.
const LayerKind *find_layer_kind(const std::string &op);

// The same, but throws Error(bad_input) that lists the known ops.
const LayerKind &layer_kind(const std::string &op);

// The families as one text: "marginal_pool, max_pool, renormalized_max_pool; normalize, ...".
std::string interchangeable();

std::string to_string(ActivationKind kind);

}  // namespace fsd
