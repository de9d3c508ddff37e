// The large-sample approximation of log-normalization against a background state (MATH 4.1).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Relu : public ActivationFormula<Relu> {
public:
    Relu() : ActivationFormula("log_evidence") {}
    void generate();
    void schedule();
};

}  // namespace fsd
