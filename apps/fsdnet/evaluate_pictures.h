// The pictures of `fsdnet evaluate`: the confusion of the classes, and images worth a look.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/system/file_roles.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

struct EvaluationPictures {
    std::string confusion, mistakes, uncertain;  // files, empty where none is asked for

    bool any() const { return !confusion.empty() || !mistakes.empty() || !uncertain.empty(); }
    std::vector<FileRole> outputs() const;
};

void add_picture_options(CLI::App &verb, EvaluationPictures &pictures);

// Throws Error(usage) where --mistakes or --uncertain is asked for and the samples are numbers.
void write_pictures(const EvaluationPictures &pictures, const Model &model, const Dataset &data,
                    const Evaluation &evaluation, const Tensor &log_posterior);

}  // namespace fsd::command_line
