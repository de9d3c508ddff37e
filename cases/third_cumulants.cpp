// Case of third_cumulants.
#include "cases/samples.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values samples = problem["samples"];
    const int count = problem.extent("sample"), units = problem.extent("unit");
    const std::vector<double> mean = means_of(samples);
    SumOfProducts sum(problem, "third_cumulant", {units, units}, 8 * double_epsilon);
    for (int sample = 0; sample < count; sample++) {
        std::vector<double> centered(units);
        for (int unit = 0; unit < units; unit++) {
            centered[unit] = samples(sample, unit) - mean[unit];
        }
        for (int unit = 0; unit < units; unit++) {
            sum.add_row(centered[unit] * centered[unit], centered.data(), units, unit, 0);
        }
    }
    sum.scale(1. / count);
    allow_error(problem, 400 * double_epsilon);
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit"), samples = problem.extent("sample");
    return {2 * n * n * samples, 4 * n * samples};
}

const CaseOf third_cumulants{{
    "third_cumulants",
    {{"samples", Domain::logits}},
    {},
    sample_shapes(),
    {{{"sample", 6000}, {"unit", 100}, {"other", 100}}},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
