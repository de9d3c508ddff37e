// What quantization costs on images: error per layer beside its bound, decisions changed.
#pragma once

#include "toolkit/quantization/bounds.h"
#include "toolkit/quantization/integer_network.h"

#include <string>
#include <vector>

namespace fsd {

// max - min over the states of log h' - log h, for the posteriors of one group; and KL(h || h').
struct Deviation {
    double largest = 0;
    double mean = 0;
    double largest_divergence = 0;
    double mean_divergence = 0;
};

struct LayerMeasurement {
    // Against the exact layer on the same activations, not rounded: what the bound is about.
    Deviation local;
    // Against the float64 network from the image on.
    Deviation end_to_end;
    std::size_t violations = 0;  // groups whose local deviation exceeds the bound; 0 unless there is a fault
};

struct QuantizationMeasurement {
    std::vector<LayerMeasurement> layers;  // the KLD layers, in order
    Tensor exact;                          // float32 [sample, class], log-posterior of the float64 network
    Tensor quantized;                      // the same of the quantized one
    int changed = 0;                       // decisions that differ between the two
};

// images: uint8 [sample, y, x, color], dense. bounds: of the KLD layers. The result does not depend on the
// number of threads.
QuantizationMeasurement measure(const ExactNetwork &exact, const IntegerNetwork &quantized,
                                const std::vector<LayerBound> &bounds, const Tensor &images);

}  // namespace fsd
