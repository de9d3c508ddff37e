// Networks that mix FSD and ordinary layers: against float64, by their float entry, with folded layers.
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <limits>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("each kernel of random mixed networks computes its layers", "[network]") {
    for (unsigned seed = 0; seed < (device_is_emulated() ? 20 : 120); seed++) {
        const Model model = random_mixed_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_kernels(model, false, random_inputs(model, 3, 1));
        check_kernels(model, true, random_inputs(model, 3, 1));
        check_kernels(model, true, random_numbers(model, 3, 1));
    }
}

TEST_CASE("mixed networks as a whole agree with float64", "[network]") {
    for (unsigned seed = 200; seed < 230; seed++) {
        const Model model = random_mixed_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_whole(model, random_inputs(model, 2, 2));
        check_whole(model, random_numbers(model, 2, 2));
    }
    check_whole(small_ordinary_model(), random_inputs(small_ordinary_model(), 2, 2));
}

TEST_CASE("bytes and the numbers that they stand for give the same result", "[network]") {
    for (const Model &model : {digits(), padded_colors()}) {
        const Tensor images = random_images(model, 5, 9);
        Tensor numbers = make_tensor<float>(shape_of(images));
        const auto *bytes = static_cast<const uint8_t *>(images.data());
        std::transform(bytes, bytes + images.number_of_elements(), static_cast<float *>(numbers.data()),
                       [](uint8_t byte) { return static_cast<float>(byte) / 255; });
        Network network(model, options_under_test());
        const Tensor of_bytes = run(network, images), of_numbers = run(network, numbers);
        for (std::size_t i = 0; i < of_bytes.number_of_elements(); i++) {
            REQUIRE(static_cast<const float *>(of_numbers.data())[i] ==
                    Approx(static_cast<const float *>(of_bytes.data())[i]).margin(1e-4));
        }
    }
}

TEST_CASE("an affine layer absorbs the batch normalization behind it", "[network]") {
    const Model model = small_ordinary_model();
    NetworkOptions unfused = options_under_test();
    unfused.fuse = false;
    Network folded(model, options_under_test()), whole(model, unfused);
    for (const Kernel *kernel : folded.kernels()) {
        REQUIRE(kernel->op != "channel_affine");
    }
    REQUIRE(whole.kernels().size() == model.layers.size() + 1);
    const Tensor images = random_images(model, 7, 3);
    const Tensor a = run(folded, images), b = run(whole, images);
    for (std::size_t i = 0; i < a.number_of_elements(); i++) {
        REQUIRE(static_cast<const float *>(a.data())[i] ==
                Approx(static_cast<const float *>(b.data())[i]).margin(1e-5));
    }
}

TEST_CASE("inputs of ordinary networks are finite numbers of the right shape", "[network]") {
    Model model;
    model.input.height = model.input.width = 1;
    model.input.colors = 5;
    model.input.kind = InputKind::vector;
    model.layers = {real_linear("only", 2)};
    model = with_parameters(model, 3);
    REQUIRE(model.classes.empty());
    Network network(model, options_under_test());
    REQUIRE(network.result_size() == 2);
    Tensor result = result_for(model, 3);
    const auto run_on = [&](const Tensor &inputs) { network.run(inputs, result); };
    run_on(make_tensor<float>({3, 5}));
    run_on(make_tensor<float>({3, 1, 1, 5}));
    require_error(ExitCode::bad_input, "[samples, 5]", [&] { run_on(make_tensor<float>({3, 4})); });
    require_error(ExitCode::bad_input, "float32 numbers", [&] {
        run_on(make_tensor<uint8_t>({3, 1, 1, 5}));
    });
    Tensor numbers = make_tensor<float>({3, 5});
    static_cast<float *>(numbers.data())[7] = std::numeric_limits<float>::infinity();
    require_error(ExitCode::bad_input, "Number 2 of sample 1 is inf", [&] { run_on(numbers); });
}
