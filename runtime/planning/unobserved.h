// Pixels that nobody observed.
#pragma once

#include "runtime/tensor.h"

namespace fsd {

// Makes both states of the unobserved variables 0, in place: the sum over a variable's values of the
// likelihood is 1, so that it adds nothing to the evidence. `mask`: uint8 [sample, y, x, 1 or color], 0 for
// unobserved, of which the samples from `first` on count. `states`: [sample, y, x, color, 2], dense, of these
// samples alone.
void hide_unobserved(const Tensor &mask, int first, int samples, int colors, float *states);

}  // namespace fsd
