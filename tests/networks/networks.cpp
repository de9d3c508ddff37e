// Networks against float64, fused against unfused, one split of the samples against another, thread counts
// against each other, and what a run may allocate.
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/networks/checks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/layers.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <limits>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("each kernel of random networks computes its layers", "[network]") {
    for (unsigned seed = 0; seed < 60; seed++) {
        const Model model = random_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_kernels(model, false, random_images(model, 3, 1));
        check_kernels(model, true, random_images(model, 3, 1));
    }
}

TEST_CASE("networks as a whole agree with float64", "[network]") {
    for (unsigned seed = 100; seed < 120; seed++) {
        const Model model = random_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_whole(model, random_images(model, 2, 2));
    }
    check_whole(digits(), random_images(digits(), 2, 2));
    check_whole(padded_colors(), random_images(padded_colors(), 2, 2));
}

TEST_CASE("the first layer reads one number per color where nothing is padded", "[network]") {
    const auto first_op = [](const Model &model) {
        return Network(model, options_under_test()).kernels().front()->op;
    };
    REQUIRE(first_op(digits()) == "success_probability");
    REQUIRE(first_op(padded_colors()) == "bernoulli_states");
}

TEST_CASE("fused kernels are taken unless they are not wanted", "[network]") {
    NetworkOptions unfused = options_under_test();
    unfused.fuse = false;
    REQUIRE(Network(digits(), unfused).kernels().size() == digits().layers.size() + 1);
    REQUIRE(Network(digits(), options_under_test()).kernels().size() < digits().layers.size() + 1);
}

TEST_CASE("a layer of very many inputs has no fused kernel, which would add them up in one chain",
          "[network]") {
    Model model;
    model.input = {70, 60, 1};
    model.layers = {linear("last", 1, 3), plain("log_normalize")};
    model = with_parameters(model, 1);
    const Network network(model, options_under_test());
    REQUIRE(network.kernels().back()->op == "log_normalize");
    check_whole(model, random_images(model, 2, 2));
}

TEST_CASE("the same bits for any number of threads and any split of the samples", "[network]") {
    const int before = threads();
    const int all = device_is_emulated() ? 9 : 200;
    for (const Model &model : {digits(), padded_colors()}) {
        const Tensor images = random_images(model, all, 3);
        Network network(model, options_under_test());
        const Tensor expected = run(network, images);
        for (const int count : {1, 2, 3, 7, device_is_emulated() ? 4 : 16}) {
            set_threads(count);
            REQUIRE(threads() == count);
            REQUIRE(same_bits(run(network, images), expected));
        }
        set_threads(before);
        for (const int samples : {1, 2, 63, 64, 65, 200}) {
            if (samples > all) {
                break;
            }
            const Tensor part = images.cropped(3, 0, samples);
            REQUIRE(same_bits(run(network, part), expected.cropped(1, 0, samples)));
        }
        for (const int batch : {1, 5, 64, 1000}) {
            NetworkOptions options = options_under_test();
            options.batch = batch;
            Network other(model, options);
            REQUIRE(same_bits(run(other, images), expected));
        }
    }
}

TEST_CASE("a run allocates nothing after the first one", "[network]") {
    if (!allocations_are_counted() || device_under_test() != "cpu") {
        WARN("skipped: sanitizers have their own allocator, and a device's driver takes what it likes");
        return;
    }
    for (const bool fuse : {true, false}) {
        NetworkOptions options = options_under_test();
        options.fuse = fuse;
        for (const Model &model : {digits(), padded_colors()}) {
            Network network(model, options);
            const Tensor one = random_images(model, 1, 4), many = random_images(model, 200, 4);
            Tensor one_result = result_for(model, 1), many_result = result_for(model, 200);
            network.run(one, one_result);
            const std::size_t count = allocation_count();
            for (int i = 0; i < 20; i++) {
                network.run(many, many_result);
                network.run(one, one_result);
            }
            for (const int samples : {2, 3, 7, 16, 63, 65}) {
                const Tensor part = many.cropped(3, 0, samples);
                Tensor part_result = many_result.cropped(1, 0, samples);
                network.run(part, part_result);
            }
            REQUIRE(allocation_count() == count);
        }
    }
}

TEST_CASE("images and results may have gaps between their rows", "[network]") {
    const Model model = padded_colors();
    const Tensor images = random_images(model, 70, 5);
    Network network(model, options_under_test());
    const Tensor expected = run(network, images);
    Tensor wide = make_tensor<uint8_t>({70, 15, 17, 3});
    Tensor view = wide.cropped(1, 2, 11).cropped(2, 1, 13);
    view.copy_from(images.translated({0, 2, 1, 0}));
    Tensor wide_result = make_tensor<float>({70, 9});
    Tensor result = wide_result.cropped(0, 1, 7);
    network.run(view, result);
    REQUIRE(same_bits(result.copy(), expected));
}

TEST_CASE("a network keeps its numbers when the model changes", "[network]") {
    Model model = digits();
    Network network(model, options_under_test());
    const Tensor images = random_images(model, 2, 6);
    const Tensor expected = run(network, images);
    for (auto &[name, tensor] : model.tensors) {
        std::memset(tensor.data(), 0, tensor.size_in_bytes());
    }
    REQUIRE(same_bits(run(network, images), expected));
}

TEST_CASE("what cannot run is refused with a sentence", "[network]") {
    const Model model = digits();
    Model spoiled = with_parameters(model, 8);
    static_cast<float *>(spoiled.tensors.at("second.log_likelihood").data())[5] =
        std::numeric_limits<float>::quiet_NaN();
    require_error(ExitCode::bad_input, "'second.log_likelihood'", [&] { Network network(spoiled); });

    NetworkOptions elsewhere;
    elsewhere.schedules = {"nowhere"};
    require_error(ExitCode::unsupported, "nowhere", [&] { Network network(model, elsewhere); });
    NetworkOptions none;
    none.batch = 0;
    require_error(ExitCode::usage, "batch 0", [&] { Network network(model, none); });

    Network network(model, options_under_test());
    Tensor result = result_for(model, 2);
    const auto run_on = [&](const Tensor &images) { network.run(images, result); };
    require_error(ExitCode::bad_input, "[2, 28, 27, 1]", [&] {
        run_on(make_tensor<uint8_t>({2, 28, 27, 1}));
    });
    require_error(ExitCode::bad_input, "int32 [2, 28, 28, 1]", [&] {
        run_on(make_tensor<std::int32_t>({2, 28, 28, 1}));
    });
    Tensor numbers = make_tensor<float>({2, 28, 28, 1});
    for (const float number : {1.5f, -0.25f, std::numeric_limits<float>::quiet_NaN()}) {
        static_cast<float *>(numbers.data())[800] = number;
        require_error(ExitCode::bad_input, "Number 16 of sample 1", [&] { run_on(numbers); });
    }
    require_error(ExitCode::bad_input, "[2, 28, 28]", [&] { run_on(make_tensor<uint8_t>({2, 28, 28})); });
    require_error(ExitCode::bad_input, "[3, 10]", [&] { run_on(make_tensor<uint8_t>({3, 28, 28, 1})); });
}

TEST_CASE("numbers that overflow give an error, not a distribution", "[network]") {
    Model model = digits();
    static_cast<float *>(model.tensors.at("classes.observations").data())[0] = 3e38f;
    Network network(model, options_under_test());
    const Tensor images = random_images(model, 2, 7);
    require_error(ExitCode::bad_input, "sample 0 is not a distribution", [&] { run(network, images); });
}

TEST_CASE("no samples are no trouble", "[network]") {
    const Model model = digits();
    Network network(model, options_under_test());
    REQUIRE(run(network, make_tensor<uint8_t>({0, 28, 28, 1})).number_of_elements() == 0);
}
