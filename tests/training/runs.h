// What tests of trainers share.
#pragma once

#include "toolkit/training/trainer.h"

#include <string>

namespace fsd::testing {

// 3 epochs of batches of 10 with a hold-out of 7, on the device under test.
TrainingOptions short_recipe();

void run_to(Trainer &trainer, std::int64_t step);

bool same_bits(const Model &a, const Model &b);
bool same_history(const Trainer &a, const Trainer &b);

// The sentence with which the trainer refuses the checkpoint.
std::string refusal_of_load(Trainer &trainer, const std::string &path);
// The sentence with which it is not made, or "accepted".
std::string refusal_of(const Model &network, const Dataset &dataset, const TrainingOptions &options);

}  // namespace fsd::testing
