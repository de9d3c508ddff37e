// Looks at the metadata, then loads and runs accordingly.
#include "toolkit/networks/stored_network.h"

#include "runtime/error.h"
#include "runtime/models/fingerprint.h"
#include "runtime/network.h"
#include "runtime/planning/compiled_runner.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/evaluation/novelty_fit.h"
#include "toolkit/quantization/integer_network.h"
#include "toolkit/system/progress.h"

namespace fsd {

StoredNetwork load_network(const std::string &path, std::string compiled) {
    if (!is_quantized(path)) {
        return {load_model(path), std::nullopt, std::move(compiled)};
    }
    QuantizedNetwork quantized = load_quantized(path);
    Model model = quantized.description;
    return {std::move(model), std::move(quantized), std::move(compiled)};
}

namespace {

Tensor compiled_log_posteriors(const StoredNetwork &network, const Tensor &images) {
    check_images(network.model.input, images);
    NetworkOptions options;
    options.compiled = network.compiled;
    CompiledRunner runner(network.model, fingerprint_of(*network.quantized), options);
    Tensor result = make_tensor<float>({images.dim(3).extent(), result_size(network.model)});
    runner.run(images, result);
    return result;
}

}  // namespace

Tensor log_posteriors(const StoredNetwork &network, const Tensor &images, const std::string &device) {
    if (network.quantized) {
        if (device != "cpu") {
            throw Error(ExitCode::unsupported,
                        text("A quantized network is evaluated on the CPU; found --device ", device, "."));
        }
        return network.compiled.empty() ? IntegerNetwork(*network.quantized).log_posteriors(images)
                                        : compiled_log_posteriors(network, images);
    }
    NetworkOptions options;
    options.device = device;
    options.compiled = network.compiled;
    Network chain(network.model, options);
    return log_posteriors(chain, images);
}

Outputs outputs_of(const StoredNetwork &network, const Tensor &images, const std::string &device,
                   const Tensor *mask, const Novelty *fit) {
    if (network.quantized) {
        if (mask || fit) {
            throw Error(ExitCode::unsupported,
                        text("A quantized network has no ", mask ? "unobserved pixels" : "novelty",
                             "; use the model that it was made from."));
        }
        return {log_posteriors(network, images, device), {}, {}};
    }
    NetworkOptions options;
    options.device = device;
    Network chain(network.model, options);
    const int samples = shape_of(images).front();
    Outputs outputs{make_tensor<float>({samples, chain.result_size()}), {}, {}};
    RunArguments arguments{images, outputs.log_posterior, mask};
    Tensor evidence;
    if (fit) {
        evidence = make_tensor<float>({samples, chain.evidence_size()});
        arguments.evidence = &evidence;
    } else if (network.model.novelty && !mask) {
        outputs.novelty = make_tensor<float>({samples});
        outputs.p_value = make_tensor<float>({samples});
        arguments.novelty = &outputs.novelty;
        arguments.p_value = &outputs.p_value;
    }
    const Progress progress(text("classifies ", samples, samples == 1 ? " image" : " images"));
    chain.run(arguments);
    if (fit) {
        const Judgement judged = judge(*fit, evidence, outputs.log_posterior);
        outputs.novelty = judged.novelty;
        outputs.p_value = judged.p_value;
    }
    return outputs;
}

}  // namespace fsd
