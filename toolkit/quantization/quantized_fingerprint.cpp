// The fingerprint of a quantized network: its description, then its integers.
#include "runtime/models/fingerprint.h"
#include "toolkit/quantization/quantized_network.h"

namespace fsd {

std::uint64_t fingerprint_of(const QuantizedNetwork &network) {
    Fingerprint fingerprint;
    fingerprint.add_layers(network.description);
    for (const QuantizedLayer &layer : network.layers) {
        fingerprint.add(layer.activation_bits);
        for (const Tensor *tensor : {&layer.weights, &layer.scales, &layer.biases}) {
            fingerprint.add(*tensor);
        }
    }
    return fingerprint.value();
}

}  // namespace fsd
