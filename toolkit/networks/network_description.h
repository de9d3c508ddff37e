// Everything that is said of a network and of what its layers tell about data, as one JSON object: `fsdnet
// inspect --json`.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd {

// input, classes, numbers, preprocessing, notes, parameters, and for each layer op, shape, attributes,
// statistics of its tensors and, of distributions, observations and entropies in nats.
nlohmann::ordered_json describe_network(const Model &model);

// Adds to the description what each normalized layer tells about the data: information and entropies, nats.
void add_information(nlohmann::ordered_json &description, const Model &model, const Dataset &data,
                     const std::string &device);

}  // namespace fsd
