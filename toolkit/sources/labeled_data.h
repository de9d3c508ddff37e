// Data sets in the form in which a model takes them.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd {

struct DataOptions {
    std::string path;
    std::string split = "test";
    int images = 0;      // at most; 0: all
    std::string labels;  // the .npy file that belongs to the .npy file at `path`; else empty
};

// What images are brought to for an input; nothing for one that takes none.
ImageFormat format_of(const Input &input);

// The data set in the model's format, labels as indices into the model's classes, found by name; classes that
// a data set only numbers are those of the model in their order, where the model has other names for them.
// Dataset::split tells whether the source knows the split that was asked for. Throws Error(bad_input) where a
// class of the data is none of the model's, or inputs or labels are not of the model's kind.
Dataset load_for(const Model &model, const DataOptions &options);

// At most so many samples (0: all), evenly spaced: those of some sources are sorted by class.
Dataset evenly_thinned(const Dataset &data, int most);

// load_for() of this split; options.images counts evenly spaced samples, not the first ones.
Dataset load_evenly(const Model &model, DataOptions options, const std::string &split);

}  // namespace fsd
