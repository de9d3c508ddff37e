// How a batch becomes what the first layer reads during training.
#pragma once

#include "runtime/model.h"
#include "runtime/planning/step.h"
#include "toolkit/training/batch.h"
#include "toolkit/training/tape.h"

namespace fsd {

// Adds what computes it, if anything must be; `success_probability`: P(1) alone of each Bernoulli variable,
// which a batch with a mask does not allow.
Activation plan_network_input(Tape &tape, const Input &input, const Batch &batch, bool success_probability);

}  // namespace fsd
