// Gradient of quadratic (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class QuadraticBackward : public ActivationBackward<QuadraticBackward> {
public:
    Input<float> alpha{"alpha"};

    QuadraticBackward() : ActivationBackward("preactivation", "d_preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
