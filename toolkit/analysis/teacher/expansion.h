// A student's forward pass, backward pass and weight gradients over the states of its teacher instead of over
// images (arXiv 1809.10829, section 4), by the kernels expanded_forward and expanded_backward.
#pragma once

#include "toolkit/analysis/teacher/enumeration.h"

namespace fsd::analysis {

// What relu becomes for a state: F = D U.
enum class GateRule {
    none,       // D = 1: a linear student
    sign,       // D = 1 where U > 0
    mean,       // D = P(u > 0 | state)
    effective,  // F = E[relu u | state]: D = F / E[u | state]; backward, and where that is no number, as
                // `mean`
    gaussian,   // F = E relu(u) of a Gaussian u with mean U and the variance of u; backward P(u > 0)
};

const char *name_of(GateRule rule);

struct Expansion {
    // By region, [state, node]. Of pixels `features` are what the student reads, the others empty.
    std::vector<Matrix> preactivations, features;  // U, F
    std::vector<Matrix> gradients;                 // P(state) E[-dLoss/du | state]
    std::vector<Matrix> weight_gradients;          // by region, of the edge to the region above: (P F)^T G
};

// `measured` is what the rules mean, effective and gaussian need; the others take nullptr. The top is linear.
Expansion expand(const GenerativeTree &tree, const LocalStudent &student, GateRule rule,
                 const TopGradient &gradient, const Enumeration *measured = nullptr);

// |exact - expanded| / |exact| over all weights: what is lost by taking the gradient and the children's
// states as independent given a state. 0 where both vanish.
double separation_residual(const Enumeration &exact, const Expansion &expanded);

}  // namespace fsd::analysis
