// The result of `fsdnet classify`, as JSON and as a table.
#pragma once

#include "runtime/model.h"
#include "toolkit/evaluation/classification.h"
#include "toolkit/sources/image_source.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

// `unknown`: images with a p-value of at most this are unknown; 0: the question is not asked.
nlohmann::ordered_json json_of(const Classification &result, const SourceImages &images, const Model &model,
                               int top, double unknown);

// At most `rows` images; says how many were left out.
std::string table_of(const Classification &result, const SourceImages &images, const Model &model, int top,
                     std::size_t rows, double unknown);

}  // namespace fsd::command_line
