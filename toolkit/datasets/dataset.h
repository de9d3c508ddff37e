// A labeled set of images or numbers in memory, and the one function that reads it from whatever kind of file
// it is stored in.
#pragma once

#include "runtime/tensor.h"

#include <string>
#include <vector>

namespace fsd {

enum class Split { train, test };

struct Dataset {
    // Inputs: either images or features; the other one is a tensor without axes and memory.
    Tensor images;    // uint8 [sample, y, x, color]; three colors are red, green, blue
    Tensor features;  // float32 [sample, y, x, channel], all finite; vectors are [sample, 1, 1, number]
    // Answers: either labels and classes or targets.
    std::vector<int> labels;           // one per sample, an index into classes
    Tensor targets;                    // float32 [sample, number], all finite
    std::vector<std::string> classes;  // by label
    std::vector<std::string> names;    // one per sample, "train/cat/7.png": its file within the source; none
                                       // where samples are no files
    std::string source;  // what was read, for people: "MNIST IDX file /data/train-images-idx3-ubyte.gz"
    bool split = true;   // false: the source does not tell training from test images
    std::vector<std::string> notes;  // sentences that people should see: what was passed over

    bool is_numeric() const { return features.data() != nullptr; }
    bool is_regression() const { return targets.data() != nullptr; }
    const Tensor &inputs() const { return is_numeric() ? features : images; }
    int count() const { return shape_of(inputs()).front(); }  // samples
};

// The extents that images are brought to (numbers stay as they are); 0 keeps what the files hold, and then
// all files must agree.
struct ImageFormat {
    int height = 0;
    int width = 0;
    int colors = 0;  // 1 (gray) or 3
};

// Reads, by what is found at `path`:
//   a folder with MNIST's IDX files (train-images-idx3-ubyte, ..., plain or .gz), or one IDX file of images
//   whose
//     labels lie beside it under the same name with "labels" for "images" and "idx1" for "idx3";
//   a folder with CIFAR-10's binary files (data_batch_*.bin, test_batch.bin);
//   a folder, a .tar (plain, .gz, .xz, .bz2, .zst) or a .zip of images by class: train/<class>/<image> and
//   test/<class>/<image> (other names:
//     split_name.h), or <class>/<image> without split; or a folder that holds nothing but one such archive;
//   a .csv table of paths and labels (image_table.h);
//   NumPy arrays, images or numbers with classes or targets (npy_data.h): a folder with train-data.npy,
//     train-labels.npy and so on, or a file with the inputs whose labels lie in the file `labels`.
// Samples of images by class are sorted by class and path, so that a tar and its extracted folder are the
// same set. A source without split is given whole for either `split`, with Dataset::split = false. Throws
// Error(bad_input) that names file and reason. Memory stays proportional to the bytes that are really there.
Dataset load_dataset(const std::string &path, Split split, const ImageFormat &format = {},
                     const std::string &labels = "");

std::string to_string(Split split);  // "train", "test"

// Throw Error(bad_input) where the inputs are numbers, or the answers.
void need_images(const Dataset &dataset);
void need_classes(const Dataset &dataset);

// Samples first .. first + count - 1; the tensors share the memory of those of `whole`.
Dataset samples_of(const Dataset &whole, int first, int count);

// Copies of the samples with these indices, in their order; at least one.
Dataset samples_at(const Dataset &whole, const std::vector<int> &samples);

}  // namespace fsd
