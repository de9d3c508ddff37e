// How a compiled network runs on a CPU.
#pragma once

#include "compiler/network_stages.h"

namespace fsd::compiler {

// One sample after the other; nothing leaves the stack. To be called once.
void schedule_for_cpu(NetworkStages &network, const Halide::Target &target);

}  // namespace fsd::compiler
