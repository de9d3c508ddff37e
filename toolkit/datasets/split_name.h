// Folders that tell training from test images by their names.
#pragma once

#include <optional>
#include <string>

namespace fsd {

enum class SplitFolder { train, validation, test };

// train, training; val, valid, validation; test, testing: in any case, also followed by "set", "data" or
// "images" and with any separators ("Test-Set", "training_images"). Nothing for other names.
std::optional<SplitFolder> split_folder(const std::string &name);

}  // namespace fsd
