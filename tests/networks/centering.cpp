// What is common to all states of a group cancels before it is rounded: in front of every normalization,
// fused or not, evidence of thousands of nats leaves posteriors as exact as evidence of a few.
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

using namespace fsd;
using namespace fsd::testing;

namespace {

// The first layer finds white pixels e^-30 times as likely as black ones, in every state, but for a little.
Model with_common_evidence(const std::vector<Layer> &layers) {
    Model model;
    model.input = {12, 12, 1};
    model.layers = layers;
    model = with_parameters(model, 5);
    Tensor &filters = model.tensors.at(layers.front().name + ".log_likelihood");
    auto *numbers = static_cast<float *>(filters.data());
    const auto outputs = static_cast<std::size_t>(filters.dim(0).extent());
    std::mt19937 random(7);
    std::uniform_real_distribution<float> little(-0.1F, 0.1F);
    for (std::size_t i = 0; i < filters.number_of_elements(); i++) {
        const bool is_white = i / outputs % 2 == 1;
        numbers[i] = is_white ? -30 + little(random) : 0;
    }
    model.tensors.at(layers.front().name + ".observations") = make_tensor<float>({1});
    static_cast<float *>(model.tensors.at(layers.front().name + ".observations").data())[0] = 1;
    return model;
}

double largest_error(const Model &model) {
    const int samples = 3;
    const Tensor images = random_images(model, samples, 4);
    Network network(model, options_under_test());
    const Tensor result = run(network, images);
    const auto classes = static_cast<std::size_t>(result_size(model));
    double largest = 0;
    for (std::size_t sample = 0; sample < samples; sample++) {
        ReferenceMap expected = image_map(model, static_cast<const uint8_t *>(images.data()) + 144 * sample);
        for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
            expected = apply(model, layer, expected);
        }
        for (std::size_t i = 0; i < classes; i++) {
            const double exact = expected.value[i];
            const double found = static_cast<const float *>(result.data())[sample * classes + i];
            largest = std::max(largest, std::fabs(found - exact) / std::max(1.0, std::fabs(exact)));
        }
    }
    return largest;
}

}  // namespace

TEST_CASE("common evidence of thousands of nats leaves posteriors within 1e-5", "[network]") {
    const Layer last = linear("last", 1, 10);
    const std::vector<std::vector<Layer>> networks = {
        {last, plain("log_normalize")},
        {last, plain("log_hard_normalize")},
        {linear("first", 2, 8), plain("normalize"), last, plain("log_normalize")},
        {linear("first", 2, 8), plain("hard_normalize"), last, plain("log_normalize")},
        {conv("first", 5, 2, 8), plain("hard_normalize"), pool("marginal_pool", 2, 2), last,
         plain("log_normalize")},
        {conv("first", 5, 2, 8), plain("normalize"), pool("marginal_pool", 8, 8), last,
         plain("log_normalize")},
    };
    for (const std::vector<Layer> &layers : networks) {
        INFO(layers[0].op << " " << layers[1].op);
        CHECK(largest_error(with_common_evidence(layers)) <= 1e-5);
    }
}
