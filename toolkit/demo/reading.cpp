// Runs layer by layer, so that each posterior can be seen.
#include "toolkit/demo/reading.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>

namespace fsd::demo {
namespace {

NetworkOptions layer_by_layer() {
    NetworkOptions options;
    options.fuse = false;
    return options;
}

void check_network(const Model &model, const std::string &path) {
    if (model.classes.empty()) {
        throw Error(ExitCode::usage, text("The network ", path,
                                          " gives numbers and no classes; the page shows posteriors of "
                                          "classes."));
    }
    if (!model.input.takes_bytes()) {
        throw Error(ExitCode::unsupported, text("The network ", path, " takes ", model.input.colors,
                                                " numbers and no images; the page draws images."));
    }
}

void check_picture(const Picture &picture, const Input &input) {
    const std::size_t sites = std::size_t(input.height) * input.width;
    if (picture.pixels.size() != sites * input.colors ||
        (!picture.observed.empty() && picture.observed.size() != sites)) {
        throw Error(ExitCode::bad_input,
                    text("A picture for this network has ", sites * input.colors,
                         " bytes, and where pixels are unobserved ", sites, " more; found ",
                         picture.pixels.size() + picture.observed.size(), "."));
    }
}

Tensor as_tensor(const Picture &picture, const Input &input) {
    Tensor tensor = make_tensor<std::uint8_t>({1, input.height, input.width, input.colors});
    std::copy(picture.pixels.begin(), picture.pixels.end(), static_cast<std::uint8_t *>(tensor.data()));
    return tensor;
}

// The mean entropy of the posteriors in [sample, y, x, group, state].
double mean_entropy(const Tensor &posterior, bool logarithms) {
    const std::size_t count = posterior.number_of_elements();
    const auto *values = static_cast<const float *>(posterior.data());
    std::vector<float> log_probability(values, values + count);
    if (!logarithms) {
        std::transform(values, values + count, log_probability.begin(),
                       [](float probability) { return std::log(probability); });
    }
    // Rounding can leave -1e-8 where one state has it all.
    return std::max(0.0, entropy(log_probability.data(), count) * posterior.dim(0).extent() /
                             static_cast<double>(count));
}

std::vector<double> probabilities(const Tensor &log_posterior) {
    const auto *row = static_cast<const float *>(log_posterior.data());
    std::vector<double> result(row, row + log_posterior.number_of_elements());
    std::transform(result.begin(), result.end(), result.begin(),
                   [](double logarithm) { return std::exp(logarithm); });
    return result;
}

}  // namespace

struct PictureReader::Networks {
    StoredNetwork stored;
    std::optional<Network> chain;  // none of a quantized network
};

PictureReader::PictureReader(const std::string &path)
    : networks_(std::make_unique<Networks>(Networks{load_network(path), std::nullopt})) {
    check_network(model(), path);
    if (!networks_->stored.quantized) {
        networks_->chain.emplace(model(), layer_by_layer());
    }
}

PictureReader::~PictureReader() = default;
PictureReader::PictureReader(PictureReader &&) noexcept = default;
PictureReader &PictureReader::operator=(PictureReader &&) noexcept = default;

const Model &PictureReader::model() const {
    return networks_->stored.model;
}

Reading PictureReader::read(const Picture &picture) {
    check_picture(picture, model().input);
    const Tensor pixels = as_tensor(picture, model().input);
    if (!networks_->chain) {
        return {probabilities(log_posteriors(networks_->stored, pixels, "cpu")), {}};
    }
    Reading reading;
    Tensor log_posterior = make_tensor<float>({1, networks_->chain->result_size()});
    networks_->chain->run(pixels, log_posterior, [&](std::size_t layer, const Tensor &activation) {
        if (layer_kind(model().layers[layer].op).gives_posterior) {
            const bool logarithms = kind_behind(model(), layer) == ActivationKind::log_probability;
            reading.entropies.push_back({layer, mean_entropy(activation, logarithms),
                                         std::log(static_cast<double>(activation.dim(0).extent()))});
        }
    });
    reading.posterior = probabilities(log_posterior);
    return reading;
}

}  // namespace fsd::demo
