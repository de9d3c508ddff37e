// The quadratic nonlinearity (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Quadratic : public ActivationFormula<Quadratic> {
public:
    Input<float> alpha{"alpha"};

    Quadratic() : ActivationFormula("preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
