// The quick criteria of the experiments on MNIST's test images: M1 and M2 (docs/analysis.md). Skipped without
// the data.
#include "experiments/gaussian_digits.h"
#include "experiments/training.h"
#include "toolkit/analysis/moments/measured.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::experiments;

namespace {

// The error of standard deviations behind the logits.
double deviation_error(const Model &model, const Dataset &data, std::size_t from, int order,
                       bool diagonal = false) {
    return study_data(model, data, {from, order, {16, diagonal}}).layers.rbegin()[1].error.deviation;
}

}  // namespace

TEST_CASE("moments predict a network for digits", "[experiments]") {
    const std::string folder = FSDNET_DEFAULT_DATA "/mnist";
    if (!std::filesystem::exists(folder)) {
        WARN("MNIST is not in " << folder << ": skipped.");
        return;
    }
    const Dataset data = as_numbers(load_dataset(folder, Split::test));
    TrainingOptions options;
    options.epochs = 8;
    options.rate = 0.003;
    const Model model = trained(dense_network(784, {100, 100, 100}, 10, "relu", true), data, options);
    const double input = deviation_error(model, data, 0, 2), third = deviation_error(model, data, 0, 3);
    const double layer1 = deviation_error(model, data, 2, 2);
    CHECK(layer1 <= 0.05);
    CHECK(input >= 3 * layer1);
    CHECK(third <= 0.06);
    CHECK(input >= 2.5 * third);
    CHECK(deviation_error(model, data, 0, 2, true) >= 0.4);
}
