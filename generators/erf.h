// The error function as a nonlinearity (MATH 6).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Erf : public Activation<Erf> {
public:
    Erf() : Activation("preactivation") {}
    void generate();
    void schedule();
};

}  // namespace fsd
