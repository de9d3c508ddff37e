// How unlike the images that it was fitted on an image is, in the eyes of a network: a score of its layers'
// evidence and the share of known images that score as high (docs/novelty.md).
#pragma once

#include "runtime/tensor.h"

namespace fsd {

// Part of a model; dense float32 tensors. Evidence: as RunArguments::evidence of the model's network gives
// it, one number per normalized layer, nats.
struct Novelty {
    Tensor mean;       // [class, layer]: of the evidence of images that the network takes for this class
    Tensor precision;  // [class, layer, layer]: the inverse of its covariance
    Tensor scores;     // [image]: of images that had no part in mean and precision, ascending

    int classes() const { return mean.dim(1).extent(); }
    int layers() const { return mean.dim(0).extent(); }
    int images() const { return scores.dim(0).extent(); }

    // The squared Mahalanobis distance of the evidence, layers() numbers, from that of the class; >= 0.
    float score(const float *evidence, int predicted) const;

    // (1 + number of scores that are at least this one) / (images() + 1). For an image drawn like those of
    // `scores`, P(p <= a) <= a for every a, whatever their distribution (conformal prediction: Vovk,
    // Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005).
    float p_value(float score) const;
};

}  // namespace fsd
