// Gradient of sigmoid (MATH 4.1).
#pragma once

#include "generators/activation.h"

namespace fsd {

class SigmoidBackward : public ActivationBackward<SigmoidBackward> {
public:
    SigmoidBackward() : ActivationBackward("activation", "d_log_evidence") {}
    void generate();
    void schedule();
};

}  // namespace fsd
