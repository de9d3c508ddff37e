// What is said of models with log-probabilities so small that they count as larger ones.
#pragma once

#include "runtime/model.h"

namespace fsd::command_line {

// Notes how many log q of the model are below -87, and what that means for what is said about it.
void note_raised_numbers(const Model &model);

}  // namespace fsd::command_line
