// The options that say how networks are trained, for all verbs that train.
#pragma once

#include "toolkit/training/trainer_options.h"

#include <CLI/CLI.hpp>

namespace fsd::command_line {

// --seed, --batch, --rate, --optimizer, --momentum, --weight-decay, --loss and how images are shown; defaults
// are what `recipe` holds, which stays as long as the verb.
void add_recipe_options(CLI::App &verb, TrainingOptions &recipe);

}  // namespace fsd::command_line
