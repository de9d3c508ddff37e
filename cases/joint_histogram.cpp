// Case of joint_histogram.
#include "cases/case.h"

namespace fsd::testing {
namespace {

// Codes of their own, some out of range, and a label of none of the classes.
void draw_codes(Problem &problem) {
    std::vector<double> &codes = problem.tensors.at("code").data, &labels = problem.tensors.at("label").data;
    const int count = problem.extent("codes");
    for (std::size_t i = 0; i < codes.size(); i++) {
        codes[i] = static_cast<double>((i * i + 3 * i) % static_cast<std::size_t>(count));
    }
    if (codes.size() > 3) {
        codes[1] = -1;
        codes[2] = count;
        labels[3] = problem.extent("class");
    }
}

void reference(Problem &problem) {
    const int codes = problem.extent("codes"), classes = problem.extent("class");
    Values &count = problem.output("joint_count", {codes, classes});
    for (int sample = 0; sample < problem.extent("sample"); sample++) {
        const auto x = static_cast<int>(problem["code"](sample)),
                   y = static_cast<int>(problem["label"](sample));
        if (x >= 0 && x < codes && y >= 0 && y < classes) {
            count(x, y) += 1;
        }
    }
}

// Whole numbers are exact.
double tolerance(const Problem &, const std::string &, double) {
    return 0;
}

Work work(const Problem &problem) {
    const double samples = problem.extent("sample");
    return {samples, 8 * samples};
}

const CaseOf joint_histogram{{
    "joint_histogram",
    {{"code", Domain::labels}, {"label", Domain::labels}},
    {},
    {{{"sample", 1}, {"codes", 1}, {"classes", 1}},
     {{"sample", 7}, {"codes", 3}, {"classes", 2}},
     {{"sample", 100}, {"codes", 16}, {"classes", 8}},
     {{"sample", 257}, {"codes", 5}, {"classes", 9}},
     {{"sample", 1009}, {"codes", 256}, {"classes", 17}}},
    {{{"sample", 60000}, {"codes", 256}, {"classes", 10}}},
    reference,
    tolerance,
    work,
    draw_codes,
}};

}  // namespace
}  // namespace fsd::testing
