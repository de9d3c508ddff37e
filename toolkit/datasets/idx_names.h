// How the files of MNIST, Fashion-MNIST, KMNIST and EMNIST are called.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <filesystem>
#include <string>

namespace fsd {

// The file of the split's "images" or "labels" in a folder, by the end of its name
// ("train-images-idx3-ubyte", "t10k-" or "test-", with or without .gz); empty if none is there. Throws
// Error(bad_input) where several sets share the folder.
std::string find_idx_file(const std::string &folder, Split split, const std::string &what, int axes);

// The same; throws Error(bad_input) where there is none.
std::string need_idx_file(const std::string &folder, Split split, const std::string &what, int axes);

// The file of the other split, from the name of one; empty where it is not there.
std::string other_idx_split(const std::string &file);

// Where the labels of a file of images belong; empty for a name that does not tell.
std::filesystem::path idx_labels_beside(const std::filesystem::path &images);

// EMNIST's files begin with it, and their images are stored with rows and columns exchanged.
bool is_emnist_name(const std::string &path);

}  // namespace fsd
