// The part of `fsdnet evaluate` that tells known images from others: --against.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

// What is compared with the data, and where the picture goes (empty: nowhere).
struct Against {
    std::string path, picture;
};

// Areas under the ROC curves and, where the model has a fit of its novelty, the rates of alarms at p <= 0.01
// and 0.05. Writes the picture: histograms of the first measure, ROC curves of all.
nlohmann::ordered_json compared_with(const Model &model, const Dataset &data, const std::string &split,
                                     const Against &against, const std::string &device);

// The same as text.
std::string table_of(const nlohmann::ordered_json &comparison);

}  // namespace fsd::command_line
