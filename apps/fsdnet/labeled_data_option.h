// --labels, and data for the verbs that compare with known classes.
#pragma once

#include "toolkit/sources/labeled_data.h"

#include <CLI/CLI.hpp>

#include <string>

namespace fsd::command_line {

// --labels FILE: what belongs to --data FILE.npy.
void add_labels_option(CLI::App &verb, std::string &labels);

// As load_for(); notes on the standard error where the source does not tell training from test images.
Dataset noted_load(const Model &model, const DataOptions &options);

}  // namespace fsd::command_line
