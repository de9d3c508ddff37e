// The model that is used where none is named.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace fsd::command_line {

// models/mnist.safetensors: beside an installed program (../share/fsdnet/models), or in the source tree that
// it was built from; empty where there is none.
std::string default_model();

// --model; the default model is used where it is not given.
void add_model_option(CLI::App &verb, std::string &model);

// The path to load. Throws Error(usage) where none was given and there is no default.
std::string chosen_model(const std::string &given);

// The same of a verb that takes the model as its argument, too. Throws Error(usage) also where both were
// given.
std::string chosen_model(const std::string &argument, const std::string &option);

}  // namespace fsd::command_line
