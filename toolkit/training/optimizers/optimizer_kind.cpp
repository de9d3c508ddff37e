// Finds optimizers by name.
#include "toolkit/training/optimizers/optimizer_kind.h"

#include "runtime/error.h"
#include "toolkit/training/optimizers/known_optimizers.h"

namespace fsd {
namespace {

const std::vector<OptimizerKind> &optimizers() {
    static const std::vector<OptimizerKind> all = training::known_optimizers();
    return all;
}

}  // namespace

std::string optimizer_names() {
    std::string all;
    for (const OptimizerKind &kind : optimizers()) {
        all += (all.empty() ? "" : ", ") + kind.name;
    }
    return all;
}

const OptimizerKind &optimizer_kind(const std::string &name) {
    for (const OptimizerKind &kind : optimizers()) {
        if (kind.name == name) {
            return kind;
        }
    }
    throw Error(ExitCode::usage,
                text("There is no optimizer '", name, "'; there are ", optimizer_names(), "."));
}

}  // namespace fsd
