// How a student's gradients follow from both networks' activations, sample by sample (arXiv 1809.10829's line
// of work: g = B_st h_t - B_ss h_s; docs/analysis.md, Teacher).
#pragma once

#include "toolkit/analysis/teacher/layers/dense_network.h"

#include <vector>

namespace fsd::analysis {

// For the loss |o_t - o_s|^2 / 2 of each sample and each hidden layer from below: the largest difference
// between the student's gradient by backpropagation, -dLoss/du, and B_st h_t - B_ss h_s, over the largest
// |B_st h_t|, |B_ss h_s| or gradient. Both networks have as many layers, inputs and outputs. inputs: [sample,
// number].
std::vector<double> identity_residuals(const DenseNetwork &student, const DenseNetwork &teacher,
                                       const Matrix &inputs);

}  // namespace fsd::analysis
