// Gradient of relu (MATH 4.1).
#pragma once

#include "generators/activation.h"

namespace fsd {

class ReluBackward : public ActivationBackward<ReluBackward> {
public:
    ReluBackward() : ActivationBackward("log_evidence", "d_log_evidence") {}
    void generate();
    void schedule();
};

}  // namespace fsd
