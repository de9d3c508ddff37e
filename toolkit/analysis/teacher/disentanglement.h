// Whether parts of a network keep to parts of the teacher's state.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

// Frobenius norm outside of the two diagonal blocks over that inside; the first block ends in front of `row`
// and `column`. 0 where there is nothing outside, infinite where there is nothing inside.
double off_block_ratio(const Matrix &matrix, Eigen::Index row, Eigen::Index column);

// The mean over z of KL(P(z1, z2 | z) || P(z1 | z) P(z2 | z)), nats; joint[z] is [z1, z2] and sums to 1.
// 0: given z, z1 and z2 are independent. z that never occur count nothing.
double factorization_index(const Vector &probability, const std::vector<Matrix> &joint);

}  // namespace fsd::analysis
