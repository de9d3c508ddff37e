// P-values where pixels are unobserved: valid where the fit was made under the same mask.
#include "toolkit/evaluation/novelty_detection.h"
#include "toolkit/evaluation/novelty_fit.h"

#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int images = 2000, classes = 3;

// The upper half is unobserved.
Tensor half_mask(const Model &model) {
    const auto &[height, width, colors] = model.input.extents();
    Tensor mask = make_tensor<std::uint8_t>({images, height, width, 1});
    const std::size_t size = static_cast<std::size_t>(height) * width;
    for (std::size_t image = 0; image < images; image++) {
        std::memset(static_cast<std::uint8_t *>(mask.data()) + image * size + size / 2, 1, size - size / 2);
    }
    return mask;
}

double distance_of(const Novelty &fit, Network &network, const Tensor &inputs, const Tensor &mask) {
    Tensor result = make_tensor<float>({images, classes}),
           evidence = make_tensor<float>({images, network.evidence_size()});
    network.run({inputs, result, &mask, &evidence});
    const Judgement judged = judge(fit, evidence, result);
    const auto *p_values = static_cast<const float *>(judged.p_value.data());
    return distance_from_uniform({p_values, p_values + images});
}

}  // namespace

TEST_CASE("p-values hold under the mask that they were fitted with, and under no other", "[novelty]") {
    const Model model = small_model();
    Network network(model);
    const Tensor held = random_images(model, images, 1), others = random_images(model, images, 2),
                 mask = half_mask(model);
    const Novelty same = fit_novelty(network, held, &mask), whole = fit_novelty(network, held);
    // 1,000 scores and 2,000 images: a distance of 0.07 has a probability below 1 %.
    CHECK(distance_of(same, network, others, mask) <= 0.07);
    CHECK(distance_of(whole, network, others, mask) >= 0.3);
}
