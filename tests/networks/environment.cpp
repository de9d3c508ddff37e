// The floating-point environment: kernels compute in their own, whatever the caller's is, and give it back.
#include "runtime/call.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/threads.h"
#include "tests/caller_environment.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

using namespace fsd;
using namespace fsd::testing;

namespace {

// 1e-30 times 1e-10, with one term per sum: denormal.
Tensor denormal_products(int rows) {
    Tensor features = make_tensor<float>({rows, 1}), weight = make_tensor<float>({1, 8});
    Tensor bias = make_tensor<float>({8}), result = make_tensor<float>({rows, 8});
    std::fill_n(static_cast<float *>(features.data()), rows, 1e-10F);
    std::fill_n(static_cast<float *>(weight.data()), 8, 1e-30F);
    std::fill_n(static_cast<float *>(bias.data()), 8, 0.F);
    Call call(need_kernel("linear", {"cpu"}));
    call.set("features", features).set("weight", weight).set("bias", bias).set("preactivation", result);
    call();
    return result;
}

Model out_of_range() {
    Model model = digits();
    static_cast<float *>(model.tensors.at("classes.observations").data())[0] = 3e38F;
    return model;
}

}  // namespace

TEST_CASE("neither loading nor running depends on the caller's floating-point environment", "[network]") {
    const TemporaryFolder folder;
    for (const Model &model : {digits(), small_ordinary_model()}) {
        save_model(model, folder / "model.safetensors");
        const Tensor inputs = random_inputs(model, device_is_emulated() ? 2 : 70, 3);
        Network network(model, options_under_test());
        const Tensor expected = run(network, inputs);
        for (const unsigned bits : CallerEnvironment::all) {
            INFO(std::hex << bits);
            const CallerEnvironment environment(bits);
            Network loaded(load_model(folder / "model.safetensors"), options_under_test());
            REQUIRE(same_bits(run(loaded, inputs), expected));
            REQUIRE(CallerEnvironment::now() == bits);
        }
    }
}

TEST_CASE("the caller's environment comes back after an error", "[network]") {
    const CallerEnvironment environment(CallerEnvironment::all[2]);
    const Model model = out_of_range();
    Network network(model, options_under_test());
    REQUIRE_THROWS_AS(run(network, random_images(model, 2, 7)), Error);
    REQUIRE_THROWS_AS(load_model("no such file"), Error);
    REQUIRE(CallerEnvironment::now() == CallerEnvironment::all[2]);
}

TEST_CASE("in every thread denormal results are 0 where products are fused, else as they are", "[network]") {
    const float expected = fuses_products() ? 0.F : 1e-30F * 1e-10F;
    const int before = threads();
    for (const unsigned bits : {CallerEnvironment::standard, CallerEnvironment::all[6]}) {
        const CallerEnvironment environment(bits);
        for (const int count : {1, 2, 4}) {
            set_threads(count);
            const Tensor result = denormal_products(3000);
            const CallerEnvironment standard(CallerEnvironment::standard);
            const auto *numbers = static_cast<const float *>(result.data());
            REQUIRE(std::count(numbers, numbers + result.number_of_elements(), expected) ==
                    static_cast<std::ptrdiff_t>(result.number_of_elements()));
        }
    }
    set_threads(before);
}
