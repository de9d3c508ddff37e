// Case of sample_covariance.
#include "cases/samples.h"

namespace fsd::testing {
namespace {

// The bounds count the roundings of the centered terms with those of the sums.
void reference(Problem &problem) {
    const Values samples = problem["samples"];
    const int count = problem.extent("sample"), units = problem.extent("unit");
    const std::vector<double> mean = means_of(samples);
    problem.output("result_mean", {units}).data = mean;
    SumOfProducts sum(problem, "result_covariance", {units, units}, 4 * double_epsilon);
    for (int sample = 0; sample < count; sample++) {
        std::vector<double> centered(units);
        for (int unit = 0; unit < units; unit++) {
            centered[unit] = samples(sample, unit) - mean[unit];
        }
        for (int unit = 0; unit < units; unit++) {
            sum.add_row(centered[unit], centered.data(), units, unit, 0);
        }
    }
    sum.scale(1. / count);
    allow_error(problem, 40 * double_epsilon);
}

Work work(const Problem &problem) {
    const double n = problem.extent("unit"), samples = problem.extent("sample");
    return {n * (n + 1) * samples, 4 * n * samples};
}

const CaseOf sample_covariance{{
    "sample_covariance",
    {{"samples", Domain::logits}},
    {},
    sample_shapes(),
    {{{"sample", 60000}, {"unit", 784}, {"other", 784}}, {{"sample", 6000}, {"unit", 100}, {"other", 100}}},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
