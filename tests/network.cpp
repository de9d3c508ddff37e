// Networks against float64, fused against unfused, one split of the samples against another, thread counts
// against each other, and what a run may allocate.
#include "runtime/network.h"
#include "runtime/error.h"
#include "runtime/models/activations.h"
#include "runtime/threads.h"
#include "tests/device_under_test.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"
#include "tests/runtime/reference.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

const uint8_t *image_of(const Tensor &images, int sample) {
    return static_cast<const uint8_t *>(images.data()) + sample * images.dim(3).stride();
}

Tensor result_for(const Model &model, int samples) {
    return make_tensor<float>({samples, result_size(model)});
}

Tensor run(Network &network, const Tensor &images) {
    Tensor log_posterior = result_for(network.model(), images.dim(3).extent());
    network.run(images, log_posterior);
    return log_posterior;
}

bool same_bits(const Tensor &a, const Tensor &b) {
    return shape_of(a) == shape_of(b) && std::memcmp(a.data(), b.data(), a.size_in_bytes()) == 0;
}

void require_within(const Map &expected, const float *found) {
    double worst = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < expected.value.size(); i++) {
        const double ratio = std::fabs(found[i] - expected.value[i]) / expected.error[i];
        if (!(ratio <= worst)) {
            worst = found[i] == expected.value[i] ? worst : ratio;
            at = i;
        }
    }
    CAPTURE(at, expected.value[at], found[at], expected.error[at]);
    REQUIRE(worst <= 1);
}

Map observed(const Tensor &activation, int sample) {
    Shape shape = shape_of(activation);
    shape.erase(shape.begin());
    Map map(shape);
    const float *numbers = static_cast<const float *>(activation.data()) + sample * map.value.size();
    std::copy(numbers, numbers + map.value.size(), map.value.begin());
    return map;
}

Map input_of(const Model &model, const Tensor &inputs, int sample) {
    if (inputs.type() == halide_type_of<uint8_t>()) {
        return image_map(model, image_of(inputs, sample));
    }
    const float *numbers = static_cast<const float *>(inputs.data()) + sample * inputs.dim(3).stride();
    return input_map(model, {numbers, numbers + inputs.dim(3).stride()});
}

Tensor random_inputs(const Model &model, int samples, unsigned seed) {
    return model.input.takes_bytes() ? random_images(model, samples, seed)
                                     : random_numbers(model, samples, seed);
}

// Evidence in front of a normalization is known up to a constant per group: without its mean it is the same.
Map without_mean(Map map) {
    const int states = map.shape[3];
    for (std::size_t row = 0; row < map.value.size(); row += states) {
        double mean = 0, error = 0;
        for (int s = 0; s < states; s++) {
            mean += map.value[row + s] / states;
            error = std::max(error, map.error[row + s]);
        }
        for (int s = 0; s < states; s++) {
            map.value[row + s] -= mean;
            map.error[row + s] += error;
        }
    }
    return map;
}

void compare(const Model &model, std::size_t layer, bool fuse, const Map &expected, const Map &found) {
    REQUIRE(expected.shape == found.shape);
    const bool up_to_constant = fuse && kind_behind(model, layer) == ActivationKind::log_evidence;
    const Map wanted = up_to_constant ? without_mean(expected) : expected;
    const Map given = up_to_constant ? without_mean(found) : found;
    const std::vector<float> numbers(given.value.begin(), given.value.end());
    require_within(wanted, numbers.data());
}

// Each kernel against the float64 layers that it computes, from what the kernel before it gave.
void check_kernels(const Model &model, bool fuse, const Tensor &inputs) {
    std::vector<Map> before;
    for (int sample = 0; sample < 3; sample++) {
        before.push_back(input_of(model, inputs, sample));
    }
    std::size_t next = 0;
    NetworkOptions options = options_under_test();
    options.fuse = fuse;
    Network network(model, options);
    Tensor log_posterior = result_for(model, 3);
    network.run(inputs, log_posterior, [&](std::size_t layer, const Tensor &activation) {
        for (int sample = 0; sample < 3; sample++) {
            Map expected = before[sample];
            for (std::size_t i = next; i <= layer; i++) {
                expected = apply(model, i, expected);
            }
            before[sample] = observed(activation, sample);
            INFO("layer " << layer << (fuse ? ", fused" : ""));
            compare(model, layer, fuse, expected, before[sample]);
        }
        next = layer + 1;
    });
    REQUIRE(next == model.layers.size());
    for (int sample = 0; sample < 3; sample++) {
        const float *row = static_cast<const float *>(log_posterior.data()) + sample * result_size(model);
        REQUIRE(std::equal(before[sample].value.begin(), before[sample].value.end(), row));
    }
}

void check_whole(const Model &model, const Tensor &inputs) {
    Network network(model, options_under_test());
    const Tensor log_posterior = run(network, inputs);
    for (int sample = 0; sample < 2; sample++) {
        Map expected = input_of(model, inputs, sample);
        for (std::size_t layer = 0; layer < model.layers.size(); layer++) {
            expected = apply(model, layer, expected);
        }
        require_within(expected,
                       static_cast<const float *>(log_posterior.data()) + sample * result_size(model));
    }
}

Model digits() {
    Model model;
    model.input = {28, 28, 1};
    model.layers = {conv("first", 5, 1, 16),  plain("normalize"),    pool("marginal_pool", 2, 2),
                    conv("second", 5, 1, 32), plain("normalize"),    pool("marginal_pool", 2, 2),
                    linear("classes", 1, 10), plain("log_normalize")};
    return with_parameters(model, 3);
}

Model padded_colors() {
    Model model;
    model.input = {13, 11, 3};
    model.layers = {conv("first", 5, 2, 16, 1, 2),  plain("normalize"), pool("renormalized_max_pool", 3, 2),
                    conv("second", 3, 1, 24, 2, 1), plain("normalize"), linear("classes", 1, 7),
                    plain("log_normalize")};
    return with_parameters(model, 4);
}

template<typename Action>
void require_error(ExitCode code, const std::string &part, Action action) {
    try {
        action();
    } catch (const Error &error) {
        REQUIRE(error.code() == code);
        REQUIRE_THAT(error.what(), Catch::Contains(part));
        return;
    }
    FAIL("no Error that says " << part);
}

}  // namespace

TEST_CASE("each kernel of random networks computes its layers", "[network]") {
    for (unsigned seed = 0; seed < 60; seed++) {
        const Model model = random_model(seed);
        INFO("seed " << seed << ": " << describe(model));
        check_kernels(model, false, random_images(model, 3, 1));
        check_kernels(model, true, random_images(model, 3, 1));
    }
}

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

TEST_CASE("the same bits for any number of threads and any split of the samples", "[network]") {
    const int before = threads();
    const int all = device_is_emulated() ? 9 : 200;
    for (const Model &model : {digits(), padded_colors()}) {
        const Tensor images = random_images(model, all, 3);
        Network network(model, options_under_test());
        const Tensor expected = run(network, images);
        for (const int count : {1, 2, 3}) {
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

TEST_CASE("no samples are no trouble", "[network]") {
    const Model model = digits();
    Network network(model, options_under_test());
    REQUIRE(run(network, make_tensor<uint8_t>({0, 28, 28, 1})).number_of_elements() == 0);
}
