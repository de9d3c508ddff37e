// Networks as `fsdnet compile` makes them, called from the program that runs.
#pragma once

#include "runtime/model.h"
#include "toolkit/system/work_folder.h"

#include <cstdint>
#include <map>
#include <string>

namespace fsd::experiments {

// Compiles networks for images of bytes by fsdnet_compiler, which stands beside this program, and loads them.
class CompiledNetworks {
public:
    using Function = int (*)(const std::uint8_t *images, int count, float *log_posterior);

    CompiledNetworks() : folder_("fsdnet-experiment-") {}
    CompiledNetworks(const CompiledNetworks &) = delete;
    CompiledNetworks &operator=(const CompiledNetworks &) = delete;

    // `name`: a C identifier, once each. The function stays as long as the program. Throws Error(unsupported)
    // that says what could not be run.
    Function add(const Model &model, const std::string &name);

private:
    WorkFolder folder_;
};

}  // namespace fsd::experiments
