// Students of a discrete teacher that are trained without images, on the gradient over the teacher's states.
#pragma once

#include "toolkit/analysis/teacher/expansion.h"

#include <optional>

namespace fsd::experiments {

// 400 steps of gradient descent on the cross entropy. `rule`: of the expanded gradient;
// nothing: the exact gradient over all images.
analysis::LocalStudent trained_student(const analysis::GenerativeTree &tree, analysis::LocalStudent student,
                                       const std::optional<analysis::GateRule> &rule);

}  // namespace fsd::experiments
