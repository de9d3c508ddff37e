// Looks at the metadata, then loads and runs accordingly.
#include "toolkit/networks/stored_network.h"

#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/quantization/integer_network.h"

namespace fsd {

StoredNetwork load_network(const std::string &path) {
    if (!is_quantized(path)) {
        return {load_model(path), std::nullopt};
    }
    QuantizedNetwork quantized = load_quantized(path);
    Model model = quantized.description;
    return {std::move(model), std::move(quantized)};
}

Tensor log_posteriors(const StoredNetwork &network, const Tensor &images, const std::string &device) {
    if (network.quantized) {
        if (device != "cpu") {
            throw Error(ExitCode::unsupported,
                        text("A quantized network is evaluated on the CPU; found --device ", device, "."));
        }
        return IntegerNetwork(*network.quantized).log_posteriors(images);
    }
    NetworkOptions options;
    options.device = device;
    Network chain(network.model, options);
    Tensor log_posterior = make_tensor<float>({shape_of(images).front(), chain.result_size()});
    chain.run(images, log_posterior);
    return log_posterior;
}

}  // namespace fsd
