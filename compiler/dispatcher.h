// The function that chooses between the versions of a pipeline while the program runs.
#pragma once

#include "Halide.h"

#include <string>
#include <vector>

namespace fsd::compiler {

// A pipeline compiled for one target.
struct Version {
    std::string function;
    Halide::Target target;
};

// A function `name` that calls the first version that the machine can run, the last one where it can run none
// of the others: the processor has the target's features (asked of Halide's runtime), and the system saves
// the registers that they use (runtime/system/processor_state.h). It asks once.
Halide::Module dispatcher_module(const std::string &name,
                                 const std::vector<Halide::Internal::LoweredArgument> &arguments,
                                 const std::vector<Version> &versions);

}  // namespace fsd::compiler
