// How a compiled network runs on a GPU.
#pragma once

#include "compiler/network_stages.h"

namespace fsd::compiler {

// Outputs that a thread sums side by side.
constexpr int gpu_lanes = 4;

// A batch runs in turns of as many samples as keep what the layers hand on below a quarter of a GiB; nothing
// of it leaves the device. To be called once. Returns the bytes that a sample of a turn takes.
std::size_t schedule_for_gpu(NetworkStages &network);

}  // namespace fsd::compiler
