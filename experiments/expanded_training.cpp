// The same steps for both gradients.
#include "experiments/expanded_training.h"

#include "toolkit/analysis/teacher/enumeration.h"

namespace fsd::experiments {

using namespace analysis;

LocalStudent trained_student(const GenerativeTree &tree, LocalStudent student,
                             const std::optional<GateRule> &rule) {
    constexpr int steps = 400;
    constexpr double rate = 0.2;
    for (int step = 0; step < steps; step++) {
        const bool measures = !rule || *rule != GateRule::sign;
        std::optional<Enumeration> exact;
        if (measures) {
            exact = enumerate(tree, student, cross_entropy_gradient);
        }
        const std::vector<Matrix> gradient =
            rule ? expand(tree, student, *rule, cross_entropy_gradient, measures ? &*exact : nullptr)
                       .weight_gradients
                 : exact->weight_gradients;
        for (std::size_t region = 1; region < gradient.size(); region++) {
            student.weights[region] += rate * gradient[region];
        }
    }
    return student;
}

}  // namespace fsd::experiments
