// How a compiled network runs where one of Halide's autoschedulers decides.
#pragma once

#include "compiler/network_stages.h"

#include <string>

namespace fsd::compiler {

// The network as one function of a sample, in which Halide's assertions stand: a schedule that does not fit
// ends in halide_error(). `autoscheduler` is loaded (compiler/autoscheduler.h). To be called once.
Halide::Module autoscheduled_module(NetworkStages &network, const std::string &name,
                                    const Halide::Target &target,
                                    const Halide::AutoschedulerParams &autoscheduler);

// A function `name` that takes what a pipeline of this network takes, its numbers as bytes, and calls
// `function`, in the networks' floating-point environment where there is one.
Halide::Module calling_module(const NetworkStages &network, const std::string &name,
                              const std::string &function,
                              const std::vector<Halide::Internal::LoweredArgument> &arguments,
                              const Halide::Target &target);

}  // namespace fsd::compiler
