// A quantized network evaluated on the CPU in portable C++: the meaning of a quantized file.
#pragma once

#include "toolkit/quantization/exact_network.h"
#include "toolkit/quantization/rounding.h"

namespace fsd {

// Throws Error(bad_input) unless the images are dense uint8 [sample, y, x, color] of the input's extents.
void check_images(const Input &input, const Tensor &images);

// The integer sums have the same bits on every machine. What lies between them (scales, normalization,
// pooling) is computed in float64.
class IntegerNetwork {
public:
    explicit IntegerNetwork(QuantizedNetwork network);

    const QuantizedNetwork &network() const { return network_; }

    // The integers that the k-th KLD layer reads for the probabilities: [y, x, group, state].
    std::vector<int32_t> activations(std::size_t k, const NumberMap &probability) const;

    // The log-evidence that the k-th KLD layer gives for them.
    NumberMap evidence(std::size_t k, const std::vector<int32_t> &activations) const;

    // image: [y, x, color]. May be called by several threads.
    Trace run(const uint8_t *image) const;

    // The last layer's map alone.
    NumberMap log_posterior(const uint8_t *image) const;

    // images: uint8 [sample, y, x, color], dense. float32 [sample, class]; as many threads as threads() says.
    // Throws Error(bad_input) where the images do not have the extents of the network's input.
    Tensor log_posteriors(const Tensor &images) const;

private:
    NumberMap after(std::size_t index, std::size_t &k, const NumberMap &input) const;

    QuantizedNetwork network_;
    std::vector<Shape> shapes_;
    std::vector<WindowSums<int16_t, int32_t>>
        narrow_;                                    // of layers with 8-bit activations, else without weights
    std::vector<WindowSums<double, double>> wide_;  // of the others; integers below 2^53 are exact
};

}  // namespace fsd
