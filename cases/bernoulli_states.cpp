// Case of bernoulli_states.
#include "cases/pixels.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &image = problem["image"];
    Values &probability = problem.output(
        "probability", shape_of(signature_of("bernoulli_states"), "probability", problem.extents));
    for (std::size_t i = 0; i < image.data.size(); i++) {
        probability.data[2 * i] = (255 - image.data[i]) / 255;
        probability.data[2 * i + 1] = image.data[i] / 255;
    }
}

// Bytes are exact; the reciprocal of 255 and the product with it are each half an epsilon.
double tolerance(const Problem &, const std::string &, double expected) {
    return epsilon * expected;
}

Work work(const Problem &problem) {
    const auto bytes = static_cast<double>(problem["image"].data.size());
    return {3 * bytes, bytes + 8 * bytes};
}

const CaseOf bernoulli_states{{
    "bernoulli_states",
    {{"image", Domain::bytes}},
    {},
    pixel_shapes(),
    [] {
        std::vector<Extents> shapes = pixel_bench_shapes();
        shapes.push_back({{"sample", 64}, {"y", 32}, {"x", 32}, {"color", 4}});
        return shapes;
    }(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
