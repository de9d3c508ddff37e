// The error function as a nonlinearity (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Erf : public ActivationFormula<Erf> {
public:
    Erf() : ActivationFormula("preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
