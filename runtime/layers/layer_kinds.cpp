// The table of layer kinds. A new one needs a line here and a kernel of the same name.
#include "runtime/layers/layer_kinds.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"

namespace fsd {
namespace {

const std::vector<std::string> window = {"window_y",  "window_x",  "stride_y", "stride_x",
                                         "padding_y", "padding_x", "groups",   "states"};
const std::vector<std::string> pool = {"pool_window_y", "pool_window_x", "pool_stride_y", "pool_stride_x"};

constexpr ActivationKind probability = ActivationKind::probability,
                         log_evidence = ActivationKind::log_evidence,
                         log_probability = ActivationKind::log_probability;

const std::vector<LayerKind> kinds = {
    {"kld_conv", probability, log_evidence, window, ""},
    {"kld_linear", probability, log_evidence, {"groups", "states"}, ""},
    {"normalize", log_evidence, probability, {}, "normalization"},
    {"hard_normalize", log_evidence, probability, {}, "normalization"},
    {"relu", log_evidence, probability, {}, "normalization"},
    {"sigmoid", log_evidence, probability, {}, "normalization"},
    {"log_normalize", log_evidence, log_probability, {}, "log normalization"},
    {"log_hard_normalize", log_evidence, log_probability, {}, "log normalization"},
    {"marginal_pool", probability, probability, pool, "pooling"},
    {"max_pool", probability, probability, pool, "pooling"},
    {"renormalized_max_pool", probability, probability, pool, "pooling"},
    {"log_marginal_pool", log_probability, log_probability, pool, ""},
};

}  // namespace

const LayerKind *find_layer_kind(const std::string &op) {
    for (const LayerKind &kind : kinds) {
        if (kind.op == op) {
            return &kind;
        }
    }
    return nullptr;
}

const LayerKind &layer_kind(const std::string &op) {
    if (const LayerKind *kind = find_layer_kind(op)) {
        return *kind;
    }
    std::string known;
    for (const LayerKind &kind : kinds) {
        known += (known.empty() ? "" : ", ") + kind.op;
    }
    throw Error(ExitCode::bad_input, text("unknown op ", quoted(op), "; a layer may be ", known, "."));
}

std::string interchangeable() {
    std::string out;
    std::string family;
    for (const LayerKind &kind : kinds) {
        if (!kind.family.empty()) {
            out += (out.empty() ? "" : kind.family == family ? ", " : "; ") + kind.op;
            family = kind.family;
        }
    }
    return out;
}

std::string to_string(ActivationKind kind) {
    switch (kind) {
    case ActivationKind::probability:
        return "probabilities";
    case ActivationKind::log_evidence:
        return "log-evidence";
    case ActivationKind::log_probability:
        return "log-probabilities";
    }
    return "";
}

}  // namespace fsd
