// --preset, --height, --width, --colors: a network that fits the data.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <CLI/CLI.hpp>

#include <string>

namespace fsd::command_line {

// `description` is the option that they cannot stand beside; nullptr where the verb has none.
void add_starter_options(CLI::App &verb, std::string &size, ImageFormat &format, CLI::Option *description);

}  // namespace fsd::command_line
