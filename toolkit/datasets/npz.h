// NumPy's .npz files: several arrays in one, as numpy.savez writes them and data sets come (Keras' mnist.npz,
// MedMNIST, Kuzushiji).
#pragma once

#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd {

bool is_npz(const std::string &file);

// Arrays are recognized by their names: x, X, data, images, imgs, features or inputs, and y, labels, label,
// target or targets; with the split in front of it or behind (x_train, train_images). Arrays of validation
// are not read, and said in the notes. Elements and axes as in npy_data.h, and labels with the axes [sample,
// 1]. Throws Error(bad_input) where no names fit or two do, besides.
Dataset load_npz(const std::string &file, Split split);

// Inputs and labels that are alone in a file each, whatever they are called.
Dataset load_npz_files(const std::string &data, const std::string &labels);

}  // namespace fsd
