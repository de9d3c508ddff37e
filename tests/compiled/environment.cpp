// Compiled networks compute in a floating-point environment of their own and give the caller's back.
#include "tests/caller_environment.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::vector<float> results_of(CompiledNetwork network, const Tensor &images, std::size_t classes) {
    std::vector<float> found(classes * static_cast<std::size_t>(images.dim(3).extent()));
    REQUIRE(network(static_cast<const uint8_t *>(images.data()), images.dim(3).extent(), found.data()) == 0);
    return found;
}

void check_environments(CompiledNetwork network, const Model &model) {
    const Tensor images = random_images(model, 70, 3);
    const std::size_t classes = model.classes.size();
    const std::vector<float> expected = results_of(network, images, classes);
    for (const unsigned bits : CallerEnvironment::all) {
        INFO(std::hex << bits);
        const CallerEnvironment environment(bits);
        REQUIRE(results_of(network, images, classes) == expected);
        REQUIRE(CallerEnvironment::now() == bits);
        REQUIRE(network(nullptr, 1, nullptr) == 2);
        REQUIRE(CallerEnvironment::now() == bits);
    }
}

// One product, 1e-30 times 1e-10.
float denormal_product(const std::string &target) {
    Model model;
    model.input = {1, 1, 1};
    model.input.kind = InputKind::vector;
    model.layers = {real_linear("only", 1)};
    model = with_parameters(model, 1);
    static_cast<float *>(model.tensors.at("only.weight").data())[0] = 1e-30F;
    static_cast<float *>(model.tensors.at("only.bias").data())[0] = 0;
    SharedObject object;
    object.add(model, "product", {target});
    object.load();
    const float number = 1e-10F;
    float result = 7;
    REQUIRE(object.function_for_floats("product")(&number, 1, &result) == 0);
    return result;
}

}  // namespace

TEST_CASE("a compiled network does not depend on the caller's floating-point environment", "[compiled]") {
    const Model model = small_model();
    const QuantizedNetwork integers = quantize(drawn_network(3));
    SharedObject object;
    object.add(model, "one", {target_in_use()});
    object.add(model, "several", {"host", target_of("baseline")});
    object.add(integers, "integers", {"host", target_of("baseline")});
    object.load();
    check_environments(object.function("one"), model);
    check_environments(object.function("several"), model);
    check_environments(object.function("integers"), integers.description);
}

TEST_CASE("compiled denormal results are 0 where products are fused, else as they are", "[compiled]") {
    CHECK(denormal_product(target_of("baseline")) == 1e-30F * 1e-10F);
    if (target_in_use() != target_of("baseline")) {
        CHECK(denormal_product(target_of("avx2")) == 0);
    }
}
