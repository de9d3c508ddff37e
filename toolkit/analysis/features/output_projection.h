// How close training came to the matched projection, at the last linear layer of a classifier.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/features/projection.h"
#include "toolkit/datasets/dataset.h"

namespace fsd::analysis {

struct OutputProjection {
    std::size_t layer = 0;  // the linear layer; the features are what stands in front of it
    int features = 0, rank = 0;
    ProjectionMatch match;        // of its weights with g*
    double h_score = 0;           // H(f), of the fitted samples
    double trained_h_score = 0;   // H(f, v) of the weights: at most H(f)
    double class_entropy = 0;     // H(Y), nats, of the fitted samples
    double cross_entropy = 0;     // of the network on the fitted samples, nats
    double accuracy = 0;          // of the network on the measured samples
    double matched_accuracy = 0;  // of p(y) (1 + (f - E f)^T g*) on the measured samples

    // H(Y) - CE: what the network says of the class; near H(f) where the dependence is weak.
    double entropy_drop() const { return class_entropy - cross_entropy; }
};

// g* is of the fitted samples, accuracies are of the measured ones; they may be one set. Both have the
// model's classes. Nothing where the network does not end with a linear layer (or the evidence of states) and
// its normalization, or has more than 4096 features there.
std::optional<OutputProjection> output_projection(const Model &model, const Dataset &fitted,
                                                  const Dataset &measured);

}  // namespace fsd::analysis
