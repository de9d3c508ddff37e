// What the tests of compiled judgements share.
#pragma once

#include "runtime/model.h"

#include <vector>

namespace fsd::testing {

// Requires what the runtime gives for the images, but for rounding: each evidence may be off by 32 epsilons
// of its size, the score by what that makes of it, and the p-value as far as other scores are as near.
void check_judgement(const Model &model, const Tensor &images, const std::vector<float> &log_posterior,
                     const std::vector<float> &novelty, const std::vector<float> &p_value);

}  // namespace fsd::testing
