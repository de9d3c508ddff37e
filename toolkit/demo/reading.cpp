// Runs layer by layer, so that each posterior can be seen.
#include "toolkit/demo/reading.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "runtime/planning/planner.h"
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

// One sample [1, y, x, color] over the bytes, which the network only reads.
Tensor sample_of(const std::vector<std::uint8_t> &bytes, const Input &input, int colors) {
    return view_tensor(halide_type_of<std::uint8_t>(), const_cast<std::uint8_t *>(bytes.data()),
                       {1, input.height, input.width, colors});
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

ExplanationOptions squares_for(const Input &input) {
    ExplanationOptions options;
    options.window = (std::max(input.height, input.width) + 6) / 7;
    options.stride = std::max(1, options.window / 2);
    return options;
}

}  // namespace

struct PictureReader::Networks {
    StoredNetwork stored;
    // None of a quantized network: one whose layers can be watched, and a quicker one for many masks.
    std::optional<Network> watched, quick;

    static Network &need(std::optional<Network> &network) {
        if (!network) {
            throw Error(ExitCode::unsupported,
                        "A quantized network has no unobserved pixels; use the model that it was made from.");
        }
        return *network;
    }

    // The entropies of the layers' posteriors, of one run.
    std::vector<LayerEntropy> run(const RunArguments &arguments) {
        std::vector<LayerEntropy> entropies;
        const Model &model = stored.model;
        watched->run(arguments, [&](std::size_t layer, const Tensor &activation) {
            if (layer_kind(model.layers[layer].op).gives_posterior) {
                const bool logarithms = kind_behind(model, layer) == ActivationKind::log_probability;
                entropies.push_back({layer, mean_entropy(activation, logarithms),
                                     std::log(static_cast<double>(activation.dim(0).extent()))});
            }
        });
        return entropies;
    }
};

PictureReader::PictureReader(const std::string &path)
    : networks_(std::make_unique<Networks>(Networks{load_network(path), {}, {}})) {
    check_network(model(), path);
    if (!networks_->stored.quantized) {
        networks_->watched.emplace(model(), layer_by_layer());
        networks_->quick.emplace(model());
    }
}

PictureReader::~PictureReader() = default;
PictureReader::PictureReader(PictureReader &&) noexcept = default;
PictureReader &PictureReader::operator=(PictureReader &&) noexcept = default;

const Model &PictureReader::model() const {
    return networks_->stored.model;
}

bool PictureReader::takes_unobserved() const {
    return networks_->quick && has_unobserved_form(model());
}

Reading PictureReader::read(const Picture &picture) {
    const Input &input = model().input;
    check_picture(picture, input);
    const Tensor pixels = sample_of(picture.pixels, input, input.colors);
    if (!networks_->watched && picture.observed.empty()) {
        return {probabilities(log_posteriors(networks_->stored, pixels, "cpu")), {}, {}};
    }
    const Network &network = Networks::need(networks_->watched);
    Tensor log_posterior = make_tensor<float>({1, network.result_size()}), mask,
           score = make_tensor<float>({1}), p_value = make_tensor<float>({1});
    RunArguments arguments{pixels, log_posterior};
    if (!picture.observed.empty()) {
        mask = sample_of(picture.observed, input, 1);
        arguments.mask = &mask;
    } else if (model().novelty) {
        arguments.novelty = &score;
        arguments.p_value = &p_value;
    }
    Reading reading{{}, networks_->run(arguments), {}};
    reading.posterior = probabilities(log_posterior);
    if (arguments.novelty) {
        reading.novelty = {*static_cast<const float *>(score.data()),
                           *static_cast<const float *>(p_value.data())};
    }
    return reading;
}

Explanation PictureReader::evidence(const Picture &picture) {
    const Input &input = model().input;
    check_picture(picture, input);
    const Tensor pixels = sample_of(picture.pixels, input, input.colors);
    const Tensor mask = picture.observed.empty() ? Tensor() : sample_of(picture.observed, input, 1);
    return explain(Networks::need(networks_->quick), pixels, 0, squares_for(input),
                   mask.data() ? &mask : nullptr);
}

}  // namespace fsd::demo
