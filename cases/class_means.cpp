// Case of class_means.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Two samples are of no class.
void spoil_labels(Problem &problem) {
    std::vector<double> &labels = problem.tensors.at("label").data;
    if (labels.size() > 2) {
        labels[1] = -1;
        labels[2] = problem.extent("class");
    }
}

// The kernel adds in the order of the samples: at most a rounding of half an epsilon of the partial sum for
// each sample, and one of the quotient.
void reference(Problem &problem) {
    const int classes = problem.extent("class"), units = problem.extent("unit"),
              samples = problem.extent("sample");
    Values &count = problem.output("class_count", {classes});
    Values &mean = problem.output("class_unit_mean", {classes, units});
    Values magnitude({classes, units});
    for (int sample = 0; sample < samples; sample++) {
        const auto label = static_cast<int>(problem["label"](sample));
        if (label >= 0 && label < classes) {
            count(label) += 1;
            for (int unit = 0; unit < units; unit++) {
                mean(label, unit) += problem["samples"](sample, unit);
                magnitude(label, unit) += std::fabs(problem["samples"](sample, unit));
            }
        }
    }
    allow_error(problem, "class_count", 0);
    for (int label = 0; label < classes; label++) {
        const double share = 1 / std::max(1., count(label));
        for (int unit = 0; unit < units; unit++) {
            mean(label, unit) *= share;
            allow_error(problem, "class_unit_mean",
                        0.5 * double_epsilon * (count(label) + 3) * magnitude(label, unit) * share);
        }
    }
}

const CaseOf class_means{{
    "class_means",
    {{"samples", Domain::logits}, {"label", Domain::labels}},
    {},
    {
        {{"sample", 1}, {"unit", 1}, {"classes", 1}},
        {{"sample", 5}, {"unit", 7}, {"classes", 2}},
        {{"sample", 100}, {"unit", 17}, {"classes", 10}},
        {{"sample", 33}, {"unit", 128}, {"classes", 3}},
        {{"sample", 64}, {"unit", 129}, {"classes", 5}},
        {{"sample", 2}, {"unit", 259}, {"classes", 4}},
    },
    {{{"sample", 60000}, {"unit", 32}, {"classes", 10}}, {{"sample", 60000}, {"unit", 512}, {"classes", 10}}},
    reference,
    allowed_error_of_output,
    per_element("samples", 1, 4),
    spoil_labels,
}};

}  // namespace
}  // namespace fsd::testing
