// Gradient of erf (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class ErfBackward : public ActivationBackward<ErfBackward> {
public:
    ErfBackward() : ActivationBackward("preactivation", "d_preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
