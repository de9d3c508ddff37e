// Compiled networks against chained ones: random layers, batches of any size.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr unsigned models = 16;

Tensor chained(const Model &model, const Tensor &images) {
    Network network(model);
    Tensor log_posterior =
        make_tensor<float>({images.dim(3).extent(), static_cast<int>(model.classes.size())});
    network.run(images, log_posterior);
    return log_posterior;
}

// The largest difference from `expected` in units in the last place of its largest number.
double difference(const Tensor &expected, const std::vector<float> &found) {
    const auto *numbers = static_cast<const float *>(expected.data());
    double largest = 1, difference = 0;
    for (std::size_t i = 0; i < found.size(); i++) {
        largest = std::max(largest, std::fabs(static_cast<double>(numbers[i])));
        difference = std::max(difference, std::fabs(static_cast<double>(found[i]) - numbers[i]));
    }
    return difference / (largest * std::numeric_limits<float>::epsilon());
}

void compare(const Model &model, CompiledNetwork network, unsigned seed) {
    const int batch = 5;
    const Tensor images = random_images(model, batch, seed);
    const Tensor expected = chained(model, images);
    std::vector<float> found(expected.number_of_elements(), 1);
    REQUIRE(network(static_cast<const uint8_t *>(images.data()), batch, found.data()) == 0);
    REQUIRE(std::all_of(found.begin(), found.end(), [](float number) { return std::isfinite(number); }));
    CHECK(difference(expected, found) <= 4);
}

}  // namespace

TEST_CASE("compiled networks give the chained networks' posteriors", "[compiled]") {
    SharedObject object;
    for (unsigned seed = 0; seed < models; seed++) {
        object.add(random_model(seed), "network" + std::to_string(seed), {target_in_use()});
    }
    object.load();
    for (unsigned seed = 0; seed < models; seed++) {
        const Model model = random_model(seed);
        INFO(seed << ": " << describe(model));
        compare(model, object.function("network" + std::to_string(seed)), seed);
    }
}
