// Case of pixel_values.
#include "cases/error_bound.h"
#include "cases/pixels.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Bytes are exact; the product and the sum are half an epsilon each.
void reference(Problem &problem) {
    const Values &image = problem["image"], &slope = problem["slope"], &offset = problem["offset"];
    const int colors = problem.extent("color");
    Values &features = problem.output("features", image.shape);
    for (std::size_t i = 0; i < image.data.size(); i++) {
        const int color = static_cast<int>(i % colors);
        const double scaled = slope(color) * image.data[i];
        features.data[i] = scaled + offset(color);
        allow_error(problem, 0.5 * epsilon * (std::fabs(scaled) + std::fabs(features.data[i])));
    }
}

Work work(const Problem &problem) {
    const auto bytes = static_cast<double>(problem["image"].data.size());
    return {2 * bytes, bytes + 4 * bytes};
}

const CaseOf pixel_values{{
    "pixel_values",
    {{"image", Domain::bytes}, {"slope", Domain::gradient}, {"offset", Domain::logits}},
    {},
    pixel_shapes(),
    pixel_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
