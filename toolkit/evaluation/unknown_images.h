// How well what a network says tells images of another kind from those that it knows (docs/novelty.md).
#pragma once

#include "runtime/network.h"
#include "toolkit/evaluation/novelty_detection.h"

#include <string>
#include <vector>

namespace fsd {

// What a network says about each image; a higher score means more unlike what it knows.
struct ImageScores {
    struct Measure {
        std::string name;
        std::vector<double> scores;
    };
    // "novelty" where the model has a fit; "evidence of the last layer" (minus it, the energy score of Liu et
    // al., arXiv 2010.03759, where that layer is a softmax) where it is normalized; "entropy of the
    // posterior", nats; "largest posterior" (1 - it).
    std::vector<Measure> measures;
    std::vector<double> p_values;  // of the novelty; empty without a fit
};

// inputs: as Network::run takes them. Throws Error(unsupported) where the network gives no classes.
ImageScores scores_of(Network &network, const Tensor &inputs);

struct Detection {
    std::string measure;
    double auroc = 0;
    RocCurve roc;
    std::vector<double> usual, unknown;  // the scores
};

// One per measure that both have.
std::vector<Detection> compare(const ImageScores &usual, const ImageScores &unknown);

}  // namespace fsd
