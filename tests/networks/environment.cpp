// The floating-point environment: networks compute in their own, whatever the caller's is, and give it back.
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#if defined(__SSE2__)
#include <xmmintrin.h>

using namespace fsd;
using namespace fsd::testing;

namespace {

// The caller's environment for the length of a test.
class Environment {
public:
    explicit Environment(unsigned bits) : before_(_mm_getcsr()) { _mm_setcsr(bits); }
    ~Environment() { _mm_setcsr(before_); }

private:
    unsigned before_;
};

// All exceptions masked; rounding to nearest, down, up, toward zero; then denormal numbers as 0.
constexpr unsigned masked = 0x1f80;
constexpr unsigned environments[] = {masked, masked | 0x2000, masked | 0x4000, masked | 0x6000,
                                     masked | 0x8040};

// weight 1e-30 times feature 1e-10 is denormal: 1e-40.
Tensor denormal_products(int rows) {
    Tensor features = make_tensor<float>({rows, 1}), weight = make_tensor<float>({1, 8});
    Tensor bias = make_tensor<float>({8}), result = make_tensor<float>({rows, 8});
    std::fill_n(static_cast<float *>(features.data()), rows, 1e-10f);
    std::fill_n(static_cast<float *>(weight.data()), 8, 1e-30f);
    Call call(need_kernel("linear", {"cpu"}));
    call.set("features", features).set("weight", weight).set("bias", bias).set("preactivation", result);
    call();
    return result;
}

}  // namespace

TEST_CASE("results do not depend on the caller's floating-point environment", "[network]") {
    const Model model = digits();
    const Tensor images = random_images(model, 70, 3);
    Network network(model, options_under_test());
    const Tensor expected = run(network, images);
    for (const unsigned bits : environments) {
        const Environment environment(bits);
        REQUIRE(same_bits(run(network, images), expected));
        REQUIRE((_mm_getcsr() & ~0x3fU) == bits);
    }
}

TEST_CASE("the caller's environment comes back after an error", "[network]") {
    const Environment environment(masked | 0x4000);
    Model model = digits();
    static_cast<float *>(model.tensors.at("classes.observations").data())[0] = 3e38f;
    Network network(model, options_under_test());
    REQUIRE_THROWS_AS(run(network, random_images(model, 2, 7)), Error);
    REQUIRE((_mm_getcsr() & ~0x3fU) == (masked | 0x4000));
}

TEST_CASE("denormal numbers are 0 in every thread", "[network]") {
    const int before = threads();
    for (const int count : {1, 2, 4}) {
        set_threads(count);
        const Tensor result = denormal_products(3000);
        for (std::size_t i = 0; i < result.number_of_elements(); i++) {
            REQUIRE(static_cast<const float *>(result.data())[i] == 0);
        }
    }
    set_threads(before);
}
#endif
