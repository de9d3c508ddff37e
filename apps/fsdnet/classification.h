// The result of `fsdnet classify`.
#pragma once

#include "runtime/model.h"
#include "toolkit/networks/stored_network.h"
#include "toolkit/sources/image_source.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fsd::command_line {

struct Ranked {
    int label;  // index into the model's classes
    double probability;
};

struct ImageResult {
    std::vector<Ranked> ranking;  // all classes, most probable first
    double entropy;               // of the posterior, bits
};

struct Classification {
    std::vector<ImageResult> images;
    int labeled = 0;  // images whose true class is known
    int correct = 0;  // of those

    std::optional<double> accuracy() const;  // none where no label is known
};

// `device` as for log_posteriors().
Classification classify_images(const StoredNetwork &network, const SourceImages &images,
                               const std::string &device);

nlohmann::ordered_json json_of(const Classification &result, const SourceImages &images, const Model &model,
                               int top);

// At most `rows` images; says how many were left out.
std::string table_of(const Classification &result, const SourceImages &images, const Model &model, int top,
                     std::size_t rows);

}  // namespace fsd::command_line
