// The quadratic nonlinearity (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Quadratic : public Activation<Quadratic> {
public:
    Input<float> alpha{"alpha"};

    Quadratic() : Activation("preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
