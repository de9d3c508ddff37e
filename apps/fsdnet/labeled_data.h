// Data sets for the verbs that compare with known classes.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd::command_line {

struct DataOptions {
    std::string path;
    std::string split = "test";
    int images = 0;  // at most; 0: all
};

// The data set in the model's format, labels as indices into the model's classes, found by name.
// Throws Error(bad_input) where a class of the data is none of the model's; notes on the standard error where
// the source does not tell training from test images.
Dataset load_for(const Model &model, const DataOptions &options);

}  // namespace fsd::command_line
