// What arXiv 1905.06600 says of networks on data of weak dependence, on joint tables: how far trained ones
// are from it.
#pragma once

#include "experiments/table_networks.h"

namespace fsd::experiments {

// A trained feature with a trained weight against the first singular vector of B.
struct FreeFeatureMatch {
    double epsilon, correlation;  // sigma_1
    double cosine;                // of the feature with the singular vector
    double product;               // |f| |v|, which should be sigma_1
    double error;                 // |product / correlation - 1|
};
FreeFeatureMatch free_feature_match(double epsilon, std::uint64_t seed);

// Trained output weights for random features against g*.
struct RegressionMatch {
    double epsilon, cosine, relative_error;
    double entropy_drop, h_score;  // H(Y) - CE and H(f), nats
    double drop_error;             // |entropy_drop / h_score - 1|
};
RegressionMatch regression_match(double epsilon, std::uint64_t seed);

// Trained hidden weights against W*, both for biases of 0 or random ones.
struct HiddenMatch {
    double epsilon, cosine, relative_error;
};
HiddenMatch hidden_match(double epsilon, bool with_biases, std::uint64_t seed);

// The correlation of a bivariate normal as bins of n samples see it, and labels in random order.
struct BinnedNormal {
    double correlation = 0, shuffled = 0;  // sigma_1
};
BinnedNormal binned_normal(int bins, int samples, double correlation, std::uint64_t seed);

}  // namespace fsd::experiments
