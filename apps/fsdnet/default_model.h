// The networks that come with the program, by name, and the one that is used where none is named.
#pragma once

#include "toolkit/networks/zoo.h"

#include <CLI/CLI.hpp>

#include <string>

namespace fsd::command_line {

// Where the networks are that come with the program: beside an installed one (../share/fsdnet/models), or in
// the source tree that it was built from; empty where there are none.
std::string models_folder();

// One of them. Throws Error(usage) where none has this name.
ZooNetwork network_called(const std::string &name);

// That of mnist-16-32.safetensors; empty where there is none.
std::string default_model();

// --model; the default model is used where it is not given.
void add_model_option(CLI::App &verb, std::string &model);

// The path to load: that of the file `given`, or of the network that has this name. Throws Error(usage) where
// none was given and there is no default, Error(bad_input) where a word is neither a file nor a name.
std::string chosen_model(const std::string &given);

// The same of a verb that takes the model as its argument, too. Throws Error(usage) also where both were
// given.
std::string chosen_model(const std::string &argument, const std::string &option);

}  // namespace fsd::command_line
