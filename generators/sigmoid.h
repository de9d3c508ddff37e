// Bayes' rule for two states, from their log-odds (MATH 4.1).
#pragma once

#include "generators/activation.h"

namespace fsd {

class Sigmoid : public ActivationFormula<Sigmoid> {
public:
    Sigmoid() : ActivationFormula("log_evidence") {}
    void generate();
    void schedule();
};

}  // namespace fsd
