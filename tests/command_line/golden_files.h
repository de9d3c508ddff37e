// A small network in a file, with an input and what the network gives for it as .npy files.
#pragma once

#include "runtime/model.h"
#include "runtime/tensor.h"
#include "tests/temporary_folder.h"

#include <string>

namespace fsd::testing {

struct GoldenFiles {
    TemporaryFolder folder;
    Model model;
    std::string file = folder / "small.safetensors", input = folder / "x.npy", expected = folder / "y.npy";
    Tensor result;  // [3 samples, class], as in `expected`

    GoldenFiles();
    static void write(const std::string &path, const Tensor &tensor);
    // Writes `expected` anew, with one number changed.
    void change(int sample, int number, float by);
};

}  // namespace fsd::testing
