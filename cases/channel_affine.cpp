// Case of channel_affine.
#include "cases/channels.h"
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// A product and a sum, half an epsilon each.
void reference(Problem &problem) {
    const Values &features = problem["features"], &slope = problem["slope"], &offset = problem["offset"];
    Values &scaled = problem.output("scaled", features.shape);
    for (std::size_t i = 0; i < features.data.size(); i++) {
        const int channel = static_cast<int>(i % problem.extent("channel"));
        const double product = slope(channel) * features.data[i];
        scaled.data[i] = product + offset(channel);
        allow_error(problem, 0.5 * epsilon * (std::fabs(product) + std::fabs(scaled.data[i])));
    }
}

const CaseOf channel_affine{{
    "channel_affine",
    {{"features", Domain::logits}, {"slope", Domain::gradient}, {"offset", Domain::gradient}},
    {},
    channel_shapes(),
    channel_bench_shapes(),
    reference,
    allowed_error,
    per_element("features", 2, 8),
}};

}  // namespace
}  // namespace fsd::testing
