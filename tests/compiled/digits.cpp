// The committed digit network in 8 bits, compiled for all instruction sets: the real decisions.
#include "tests/datasets/files.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/quantization/integer_network.h"

#include "digits.h"
#include "digits_8bit.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int classes = DIGITS_CLASSES;

std::string read_file(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::ptrdiff_t top(const float *log_posterior) {
    return std::max_element(log_posterior, log_posterior + classes) - log_posterior;
}

std::vector<float> evaluated(int (*network)(const uint8_t *, int, float *), const Tensor &images) {
    const int samples = images.dim(3).extent();
    std::vector<float> log_posterior(static_cast<std::size_t>(samples) * classes);
    REQUIRE(network(static_cast<const uint8_t *>(images.data()), samples, log_posterior.data()) == 0);
    return log_posterior;
}

int decisions_changed(const float *one, const float *other, std::size_t samples) {
    int changed = 0;
    for (std::size_t i = 0; i < samples; i++) {
        changed += top(one + i * classes) != top(other + i * classes) ? 1 : 0;
    }
    return changed;
}

}  // namespace

TEST_CASE("the committed 8-bit network is that of the committed model", "[compiled]") {
    const TemporaryFolder folder;
    save_quantized(quantize(load_model(FSDNET_MODELS "/mnist-16-32.safetensors")),
                   folder / "again.safetensors");
    INFO("fsdnet quantize models/mnist-16-32.safetensors --out models/mnist-16-32-8bit.safetensors");
    CHECK(read_file(folder / "again.safetensors") ==
          read_file(FSDNET_MODELS "/mnist-16-32-8bit.safetensors"));
}

TEST_CASE("8 bits change at most 3 of 10,000 decisions", "[compiled][data]") {
    const std::string mnist = real_data("mnist");
    if (mnist.empty()) {
        return;
    }
    const Tensor images = load_dataset(mnist, Split::test).images;
    const auto samples = static_cast<std::size_t>(images.dim(3).extent());
    REQUIRE(samples == 10000);
    const std::vector<float> exact = evaluated(digits, images), integers = evaluated(digits_8bit, images);
    CHECK(decisions_changed(exact.data(), integers.data(), samples) <= 3);

    // Against the portable evaluation. Where 255 p lies within float32's rounding of the middle between two
    // integers, one activation differs by a unit, which moves the evidence by less than 0.05 nats
    // (127 scale / 255 at most); two in one image, and as many in the first hidden layer, are rare.
    const IntegerNetwork portable(load_quantized(FSDNET_MODELS "/mnist-16-32-8bit.safetensors"));
    const std::size_t compared = 1000;
    Tensor first = make_tensor<uint8_t>({static_cast<int>(compared), 28, 28, 1});
    std::memcpy(first.data(), images.data(), first.size_in_bytes());
    const Tensor expected = portable.log_posteriors(first);
    const auto *rows = static_cast<const float *>(expected.data());
    CHECK(decisions_changed(rows, integers.data(), compared) == 0);
    std::size_t same = 0;
    for (std::size_t i = 0; i < compared; i++) {
        double difference = 0;
        for (std::size_t c = i * classes; c < (i + 1) * classes; c++) {
            REQUIRE(std::isfinite(integers[c]));  // the maximum would pass over NaN
            difference = std::max(difference, std::fabs(static_cast<double>(rows[c]) - integers[c]));
        }
        CHECK(difference < 0.2);
        same += difference < 1e-4 ? 1 : 0;
    }
    CHECK(same > compared * 9 / 10);
}
