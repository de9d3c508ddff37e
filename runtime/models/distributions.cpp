// Asks the kinds of the layers.
#include "runtime/models/distributions.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"

namespace fsd {

void require_distributions(const Model &model, const std::string &purpose, const std::string &remedy) {
    const auto refuse = [&](const std::string &what) {
        throw Error(
            ExitCode::unsupported,
            text(purpose, " is for networks of finite-state distributions only, and ", what, "; ", remedy));
    };
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        if (layer_kind(model.layers[index].op).format_version > 1) {
            refuse(describe_layer(model.layers[index], index) + " belongs to ordinary networks");
        }
    }
    if (model.input.kind != InputKind::bernoulli) {
        refuse("the input is real numbers");
    }
}

}  // namespace fsd
