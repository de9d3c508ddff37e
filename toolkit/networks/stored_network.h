// A network from a model file or a quantized file, for the verbs that only run it.
#pragma once

#include "runtime/model.h"
#include "toolkit/quantization/quantized_network.h"

#include <optional>
#include <string>

namespace fsd {

struct StoredNetwork {
    Model model;                                // without tensors where the file is quantized
    std::optional<QuantizedNetwork> quantized;  // set where it is
    // The path of a shared library that was compiled of it (NetworkOptions::compiled), which is code that
    // runs here; or empty.
    std::string compiled = {};
};

// Throws Error as load_model() and load_quantized() do.
StoredNetwork load_network(const std::string &path, std::string compiled = "");

// images: as Network::run takes them; bytes for a quantized network. float32 [sample, class], nats (or the
// numbers that the network gives): by kernels on a device that chosen_device() knows, or, of a quantized
// network, by the portable evaluation in integers; by the compiled library where there is one. Throws
// Error(unsupported) where a quantized network is to run elsewhere than on the CPU.
Tensor log_posteriors(const StoredNetwork &network, const Tensor &images, const std::string &device);

// What a network says about each sample.
struct Outputs {
    Tensor log_posterior;  // as log_posteriors() gives it
    Tensor novelty,
        p_value;  // float32 [sample]; without memory where there is no fit, or a mask and the model's fit
};

// The same, with `mask` (RunArguments::mask) unless it is nullptr, and with the novelty: by `fit`, which must
// have been made under that mask, or else by the model's own. Throws Error(unsupported) where a quantized
// network has a mask or a fit.
Outputs outputs_of(const StoredNetwork &network, const Tensor &images, const std::string &device,
                   const Tensor *mask, const Novelty *fit = nullptr);

}  // namespace fsd
