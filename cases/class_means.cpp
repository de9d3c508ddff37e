// Case of class_means.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

void name_no_class(Problem &problem) {
    std::vector<double> &labels = problem.tensors.at("label").data;
    if (labels.size() > 2) {
        labels[1] = -1;
        labels[2] = problem.extent("class");
    }
}

// N additions and a division, each rounded, of numbers up to the largest one.
void reference(Problem &problem) {
    const int samples = problem.extent("sample"), classes = problem.extent("class"),
              features = problem.extent("feature");
    Values &mean = problem.output("mean_of_class", {classes, features});
    Values &count = problem.output("count_of_class", {classes});
    double largest = 0;
    for (int sample = 0; sample < samples; sample++) {
        const auto label = static_cast<int>(problem["label"](sample));
        for (int feature = 0; feature < features && label >= 0 && label < classes; feature++) {
            mean(label, feature) += problem["values"](sample, feature);
            largest = std::max(largest, std::fabs(problem["values"](sample, feature)));
        }
        if (label >= 0 && label < classes) {
            count(label) += 1;
        }
    }
    for (int clas = 0; clas < classes; clas++) {
        for (int feature = 0; feature < features; feature++) {
            mean(clas, feature) /= std::max(1., count(clas));
        }
    }
    allow_error(problem, "mean_of_class", (samples + 1) * double_epsilon * largest);
    allow_error(problem, "count_of_class", 0);
}

Work work(const Problem &problem) {
    const auto elements = static_cast<double>(problem["values"].data.size());
    return {elements, 8 * elements};
}

const CaseOf class_means{{
    "class_means",
    {{"values", Domain::logits}, {"label", Domain::labels}},
    {},
    {{{"sample", 1}, {"feature", 1}, {"classes", 1}},
     {{"sample", 5}, {"feature", 7}, {"classes", 9}},
     {{"sample", 100}, {"feature", 16}, {"classes", 10}},
     {{"sample", 33}, {"feature", 65}, {"classes", 3}},
     {{"sample", 2}, {"feature", 259}, {"classes", 4}}},
    {{{"sample", 10000}, {"feature", 128}, {"classes", 10}}},
    reference,
    allowed_error_of_output,
    work,
    name_no_class,
}};

}  // namespace
}  // namespace fsd::testing
