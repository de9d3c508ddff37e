// What a student's nodes are on average for each state of the teacher: exactly, by going through all images.
#pragma once

#include "toolkit/analysis/teacher/local_student.h"

namespace fsd::analysis {

// Of one region, [state, node]; 0 for states that never occur.
struct StateMeans {
    Matrix preactivation, feature;  // E[u | state], E[f | state]
    Matrix active;                  // P(u > 0 | state)
    Matrix variance;                // Var(u | state)
    Matrix gradient;                // P(state) E[-dLoss/du | state]
};

struct Enumeration {
    std::vector<StateMeans> regions;
    std::vector<Matrix> weight_gradients;  // by region, of the edge to the region above: -dLoss/dW
    double loss = 0;        // mean cross entropy, nats; only where there are as many outputs as labels
    double bayes_loss = 0;  // of the best possible answer, H(label | image)
};

// Throws Error(unsupported) for more than 10 million assignments of states to all regions.
Enumeration enumerate(const GenerativeTree &tree, const LocalStudent &student, const TopGradient &gradient);

}  // namespace fsd::analysis
