// Descriptions of networks to be trained.
#pragma once

#include "runtime/model.h"

#include <string>

namespace fsd {

// Reads a description: the JSON of docs/formats.md without tensors; classes may be left out.
// Throws Error(bad_input) that names the file and what is wrong.
Model read_description(const std::string &path);

}  // namespace fsd
