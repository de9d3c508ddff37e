// Case of pool_statistics.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// One feature in three is negative at times, and one number in four is 0, as behind relu.
void rectify(Problem &problem) {
    Values &pooled = problem.tensors.at("pooled");
    const int features = problem.extent("feature");
    for (std::size_t i = 0; i < pooled.data.size(); i++) {
        if (static_cast<int>(i) % features % 3 != 0) {
            pooled.data[i] = std::max(0., pooled.data[i]);
        }
    }
    std::vector<double> &labels = problem.tensors.at("label").data;
    if (labels.size() > 2) {
        labels[1] = -1;
        labels[2] = problem.extent("class");
    }
}

constexpr const char *outputs[] = {"class_sum", "class_square_sum", "class_log_sum", "class_zeros"};

void add(Problem &problem, int sample, int label) {
    for (int feature = 0; feature < problem.extent("feature"); feature++) {
        const double f = problem["pooled"](sample, feature);
        const double terms[] = {f, f * f, f > 0 ? std::log(f) : 0, f == 0 ? 1. : 0.};
        for (int i = 0; i < 4; i++) {
            problem.tensors.at(outputs[i])(label, feature) += terms[i];
        }
    }
}

// The sums are exact up to float64 roundings in one order, but each logarithm has 1 ULP of float32.
void reference(Problem &problem) {
    const int samples = problem.extent("sample"), classes = problem.extent("class");
    double magnitude = 0;
    for (const char *output : outputs) {
        problem.output(output, {classes, problem.extent("feature")});
    }
    for (const double f : problem["pooled"].data) {
        magnitude = std::max({magnitude, f * f, f > 0 ? std::fabs(std::log(f)) : 0});
    }
    for (int sample = 0; sample < samples; sample++) {
        const auto label = static_cast<int>(problem["label"](sample));
        if (label >= 0 && label < classes) {
            add(problem, sample, label);
        }
    }
    for (const char *output : outputs) {
        allow_error(problem, output, samples * samples * double_epsilon * magnitude);
    }
    allow_error(problem, "class_log_sum", samples * epsilon * magnitude);
}

const CaseOf pool_statistics{{
    "pool_statistics",
    {{"pooled", Domain::logits}, {"label", Domain::labels}},
    {},
    {
        {{"sample", 1}, {"feature", 1}, {"classes", 1}},
        {{"sample", 5}, {"feature", 7}, {"classes", 2}},
        {{"sample", 100}, {"feature", 17}, {"classes", 10}},
        {{"sample", 33}, {"feature", 64}, {"classes", 3}},
        {{"sample", 64}, {"feature", 65}, {"classes", 5}},
        {{"sample", 2}, {"feature", 259}, {"classes", 4}},
    },
    {{{"sample", 2000}, {"feature", 64}, {"classes", 10}},
     {{"sample", 2000}, {"feature", 3136}, {"classes", 10}}},
    reference,
    allowed_error_of_output,
    per_element("pooled", 6 + log_operations, 4),
    rectify,
}};

}  // namespace
}  // namespace fsd::testing
