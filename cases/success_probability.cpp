// Case of success_probability.
#include "cases/pixels.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &image = problem["image"];
    Values &probability = problem.output("probability", image.shape);
    for (std::size_t i = 0; i < image.data.size(); i++) {
        probability.data[i] = image.data[i] / 255;
    }
}

// Bytes are exact; the reciprocal of 255 and the product with it are each half an epsilon.
double tolerance(const Problem &, const std::string &, double expected) {
    return epsilon * expected;
}

Work work(const Problem &problem) {
    const auto bytes = static_cast<double>(problem["image"].data.size());
    return {bytes, bytes + 4 * bytes};
}

const CaseOf success_probability{{
    "success_probability",
    {{"image", Domain::bytes}},
    {},
    pixel_shapes(),
    pixel_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
