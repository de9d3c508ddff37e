// What the numbers of a layer look like, whatever they mean.
#pragma once

#include "runtime/model.h"

#include <string>
#include <vector>

namespace fsd {

struct WeightStatistics {
    std::string role;  // weight, bias, scale, log_likelihood, ...
    Shape shape;
    std::size_t count = 0;
    double mean = 0, deviation = 0;  // over all numbers, divisor `count`
    double least = 0, greatest = 0;
};

// One entry per tensor of the layer, in the order in which its kind names them; none for a layer without.
std::vector<WeightStatistics> weight_statistics(const Model &model, const Layer &layer);

}  // namespace fsd
