// What a pooling layer makes of the numbers of its window.
#pragma once

#include "runtime/model.h"

namespace fsd::analysis {

enum class AggregationForm {
    average,      // the mean: sums of locations
    maximum,      // the largest
    log_average,  // the logarithm of the mean of exponentials
    other,
};

AggregationForm aggregation_form(const Layer &layer);

}  // namespace fsd::analysis
