// The kernels that turn images or numbers into the first layer's input.
#pragma once

#include "runtime/planning/planner.h"

namespace fsd {

// Plans steps.bytes and steps.floats, which write steps.input as steps.success_probability says. A kernel
// that only one of them needs may be missing.
void plan_entries(const Model &model, const std::vector<std::string> &schedules, Steps &steps);

}  // namespace fsd
