// Every sentence names the source.
#include "toolkit/analysis/aggregation/pooled_set.h"

#include "runtime/error.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

void check_finite(const PooledSet &set) {
    const auto *numbers = static_cast<const float *>(set.features.data());
    const auto *end = numbers + set.features.number_of_elements();
    const auto *found = std::find_if(numbers, end, [](float number) { return !std::isfinite(number); });
    if (found != end) {
        throw Error(ExitCode::bad_input,
                    text("The features of ", set.source, " hold ", *found, " in sample ",
                         (found - numbers) / set.width(), ", feature ", (found - numbers) % set.width(),
                         "; every number must be finite."));
    }
}

}  // namespace

void check(const PooledSet &set, int classes) {
    if (set.features.dimensions() != 2 || set.samples() < 1 || set.width() < 1) {
        throw Error(ExitCode::bad_input, text("The features of ", set.source, " have the shape ",
                                              to_string(shape_of(set.features)),
                                              "; expected [sample, feature] with at least one of each."));
    }
    if (set.labels.size() != static_cast<std::size_t>(set.samples())) {
        throw Error(ExitCode::bad_input, text("There are ", set.samples(), " samples in ", set.source,
                                              " and ", set.labels.size(), " labels; expected one for each."));
    }
    const auto wrong = std::find_if(set.labels.begin(), set.labels.end(),
                                    [&](int label) { return label < 0 || label >= classes; });
    if (wrong != set.labels.end()) {
        throw Error(ExitCode::bad_input,
                    text("The label of sample ", wrong - set.labels.begin(), " of ", set.source, " is ",
                         *wrong, "; expected a class from 0 to ", classes - 1, "."));
    }
    check_finite(set);
}

}  // namespace fsd::analysis
