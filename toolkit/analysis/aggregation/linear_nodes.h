// Linear output nodes: o = W^T f + b.
#pragma once

#include "toolkit/analysis/matrix.h"

namespace fsd::analysis {

struct LinearNodes {
    Matrix weight;            // [feature, node]
    Eigen::RowVectorXd bias;  // [node]
};

}  // namespace fsd::analysis
