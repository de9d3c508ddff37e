// Runs networks and compares them with the float64 layers.
#include "tests/networks/checks.h"

#include "runtime/models/activations.h"
#include "tests/device_under_test.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <cmath>

namespace fsd::testing {

const uint8_t *image_of(const Tensor &images, int sample) {
    return static_cast<const uint8_t *>(images.data()) + sample * images.dim(3).stride();
}

Tensor result_for(const Model &model, int samples) {
    return make_tensor<float>({samples, result_size(model)});
}

Tensor run(Network &network, const Tensor &images) {
    Tensor log_posterior = result_for(network.model(), images.dim(3).extent());
    network.run(images, log_posterior);
    return log_posterior;
}

bool same_bits(const Tensor &a, const Tensor &b) {
    return shape_of(a) == shape_of(b) && std::memcmp(a.data(), b.data(), a.size_in_bytes()) == 0;
}

void require_within(const ReferenceMap &expected, const float *found) {
    double worst = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < expected.value.size(); i++) {
        const double ratio = std::fabs(found[i] - expected.value[i]) / expected.error[i];
        if (!(ratio <= worst)) {
            worst = found[i] == expected.value[i] ? worst : ratio;
            at = i;
        }
    }
    CAPTURE(at, expected.value[at], found[at], expected.error[at]);
    REQUIRE(worst <= 1);
}

ReferenceMap observed(const Tensor &activation, int sample) {
    Shape shape = shape_of(activation);
    shape.erase(shape.begin());
    ReferenceMap map(shape);
    const float *numbers = static_cast<const float *>(activation.data()) + sample * map.value.size();
    std::copy(numbers, numbers + map.value.size(), map.value.begin());
    return map;
}

ReferenceMap input_of(const Model &model, const Tensor &inputs, int sample) {
    if (inputs.type() == halide_type_of<uint8_t>()) {
        return image_map(model, image_of(inputs, sample));
    }
    const float *numbers = static_cast<const float *>(inputs.data()) + sample * inputs.dim(3).stride();
    return input_map(model, {numbers, numbers + inputs.dim(3).stride()});
}

Tensor random_inputs(const Model &model, int samples, unsigned seed) {
    return model.input.takes_bytes() ? random_images(model, samples, seed)
                                     : random_numbers(model, samples, seed);
}

// Evidence in front of a normalization is known up to a constant per group: without its mean it is the same.
ReferenceMap without_mean(ReferenceMap map) {
    const int states = map.shape[3];
    for (std::size_t row = 0; row < map.value.size(); row += states) {
        double mean = 0, error = 0;
        for (int s = 0; s < states; s++) {
            mean += map.value[row + s] / states;
            error = std::max(error, map.error[row + s]);
        }
        for (int s = 0; s < states; s++) {
            map.value[row + s] -= mean;
            map.error[row + s] += error;
        }
    }
    return map;
}

void compare(const Model &model, std::size_t layer, bool fuse, const ReferenceMap &expected,
             const ReferenceMap &found) {
    REQUIRE(expected.shape == found.shape);
    const bool up_to_constant = fuse && kind_behind(model, layer) == ActivationKind::log_evidence;
    const ReferenceMap wanted = up_to_constant ? without_mean(expected) : expected;
    const ReferenceMap given = up_to_constant ? without_mean(found) : found;
    const std::vector<float> numbers(given.value.begin(), given.value.end());
    require_within(wanted, numbers.data());
}

// Each kernel against the float64 layers that it computes, from what the kernel before it gave.
void check_kernels(const Model &model, bool fuse, const Tensor &inputs) {
    std::vector<ReferenceMap> before;
    for (int sample = 0; sample < 3; sample++) {
        before.push_back(input_of(model, inputs, sample));
    }
    std::size_t next = 0;
    NetworkOptions options = options_under_test();
    options.fuse = fuse;
    Network network(model, options);
    Tensor log_posterior = result_for(model, 3);
    network.run(inputs, log_posterior, [&](std::size_t layer, const Tensor &activation) {
        for (int sample = 0; sample < 3; sample++) {
            ReferenceMap expected = before[sample];
            for (std::size_t i = next; i <= layer; i++) {
                expected = apply(model, i, expected);
            }
            before[sample] = observed(activation, sample);
            INFO("layer " << layer << (fuse ? ", fused" : ""));
            compare(model, layer, fuse, expected, before[sample]);
        }
        next = layer + 1;
    });
    REQUIRE(next == model.layers.size());
    for (int sample = 0; sample < 3; sample++) {
        const float *row = static_cast<const float *>(log_posterior.data()) + sample * result_size(model);
        REQUIRE(std::equal(before[sample].value.begin(), before[sample].value.end(), row));
    }
}

void check_whole(const Model &model, const Tensor &inputs) {
    Network network(model, options_under_test());
    const Tensor log_posterior = run(network, inputs);
    for (int sample = 0; sample < 2; sample++) {
        ReferenceMap expected = input_of(model, inputs, sample);
        for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
            expected = apply(model, layer, expected);
        }
        require_within(expected,
                       static_cast<const float *>(log_posterior.data()) + sample * result_size(model));
    }
}

Model digits() {
    Model model;
    model.input = {28, 28, 1};
    model.layers = {conv("first", 5, 1, 16),  plain("normalize"),    pool("marginal_pool", 2, 2),
                    conv("second", 5, 1, 32), plain("normalize"),    pool("marginal_pool", 2, 2),
                    linear("classes", 1, 10), plain("log_normalize")};
    return with_parameters(model, 3);
}

Model padded_colors() {
    Model model;
    model.input = {13, 11, 3};
    model.layers = {conv("first", 5, 2, 16, 1, 2),  plain("normalize"), pool("renormalized_max_pool", 3, 2),
                    conv("second", 3, 1, 24, 2, 1), plain("normalize"), linear("classes", 1, 7),
                    plain("log_normalize")};
    return with_parameters(model, 4);
}

}  // namespace fsd::testing
