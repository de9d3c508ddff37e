// CIFAR-10's binary files: records of one label byte and 3 x 32 x 32 bytes (red, green, blue planes).
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

bool is_cifar10_folder(const std::string &folder);
Dataset load_cifar10_folder(const std::string &folder, Split split);

}  // namespace fsd
