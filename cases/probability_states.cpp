// Case of probability_states.
#include "cases/pixels.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    Values &states =
        problem.output("states", shape_of(signature_of("probability_states"), "states", problem.extents));
    for (std::size_t i = 0; i < probability.data.size(); i++) {
        states.data[2 * i] = 1 - probability.data[i];
        states.data[2 * i + 1] = probability.data[i];
    }
}

// The difference is rounded once; the probability itself is a copy.
double tolerance(const Problem &, const std::string &, double expected) {
    return 0.5 * epsilon * expected;
}

Work work(const Problem &problem) {
    const auto numbers = static_cast<double>(problem["probability"].data.size());
    return {numbers, 4 * numbers + 8 * numbers};
}

const CaseOf probability_states{{
    "probability_states",
    {{"probability", Domain::probability}},
    {},
    pixel_shapes(),
    pixel_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
