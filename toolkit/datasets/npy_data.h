// Data sets of NumPy arrays: one file with the inputs, one with what belongs to them, samples along the first
// axis.
//
// Inputs: uint8 [sample, y, x] (gray) or [sample, y, x, 1 or 3] are images. Everything else is numbers,
// converted to float32: [sample, number], or maps [sample, y, x] and [sample, y, x, channel]. Labels:
// integers [sample] are classes, named by their digits from "0" to the largest one that occurs. Floats
// [sample] or [sample, number] are targets.
//
// All functions throw Error(bad_input) that names the file and what is wrong with it: what read_npy()
// refuses, another shape, no samples, files that do not belong together, a NaN, an infinity or a number
// beyond float32.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd {

// True where the name ends in .npy.
bool is_npy(const std::string &file);

// True where the folder holds train-data.npy, test-data.npy or data.npy.
bool is_npy_folder(const std::string &folder);

// `split`-data.npy and `split`-labels.npy; where the folder has none for either split, data.npy and
// labels.npy as a set without split. Both splits have the classes of their labels together.
Dataset load_npy_folder(const std::string &folder, Split split);

// A set without split.
Dataset load_npy_files(const std::string &data, const std::string &labels);

// The inputs alone: a set without split, labels and targets.
Dataset load_npy_inputs(const std::string &data);

}  // namespace fsd
