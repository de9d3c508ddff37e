// MNIST's IDX files, and those of Fashion-MNIST, KMNIST and EMNIST (with up to 256 classes, and read
// upright): a big-endian header (0, 0, 8 = unsigned bytes, number of axes, extents), then the bytes.
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

// True where the folder holds a file whose name ends as MNIST's do, or the file begins as IDX images do.
bool is_idx_folder(const std::string &folder);
bool is_idx_images(const std::string &file);

Dataset load_idx_folder(const std::string &folder, Split split);
Dataset load_idx_file(const std::string &images);

// The images of a file, with or without labels beside it.
bool has_idx_labels(const std::string &images);
Tensor load_idx_images(const std::string &images);

}  // namespace fsd
