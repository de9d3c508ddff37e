// Normalizing and element-wise kinds (docs/math.md, 2.3).
#include "runtime/layers/normalization.h"

namespace fsd::layers {

constexpr ActivationKind probability = ActivationKind::probability, evidence = ActivationKind::log_evidence,
                         real = ActivationKind::real;

LayerKind bayes_rule(const std::string &name, const std::string &op, ActivationKind gives) {
    LayerKind kind;
    kind.name = name;
    kind.takes_gives = {{evidence, gives}, {real, gives}};
    kind.ignores_constants = true;
    kind.gives_posterior = op == "normalize" || op == "log_normalize";
    if (op != name) {
        kind.op = [op](const Layer &) { return op; };
        kind.format_version = 2;
    } else {
        kind.family = gives == probability ? "normalization" : "log normalization";
    }
    return kind;
}

LayerKind element_wise_approximation(const std::string &name) {
    LayerKind kind;
    kind.name = name;
    kind.takes_gives = {{evidence, probability}, {real, real}};
    kind.family = "normalization";
    kind.wants_likelihood_ratio = true;
    return kind;
}

LayerKind element_wise(const std::string &name) {
    LayerKind kind;
    kind.name = name;
    kind.takes_gives = {{evidence, real}, {real, real}};
    kind.format_version = 2;
    return kind;
}

}  // namespace fsd::layers
