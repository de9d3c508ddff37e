// The C interface gives what the C++ one gives, and turns every failure into a code and a sentence.
#include "runtime/fsdnet.h"
#include "runtime/network.h"
#include "tests/caller_environment.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <thread>

using namespace fsd;
using namespace fsd::testing;

namespace {

using Handle = std::unique_ptr<fsdnet_network, decltype(&fsdnet_free)>;

struct Saved {
    TemporaryFolder folder;
    std::string path = folder / "model.safetensors";
    Model model = small_model();
    Saved() { save_model(model, path); }
};

std::vector<uint8_t> some_images(std::size_t bytes) {
    std::vector<uint8_t> images(bytes);
    std::mt19937 random(1);
    for (uint8_t &value : images) {
        value = static_cast<uint8_t>(random());
    }
    return images;
}

}  // namespace

TEST_CASE("a network loaded through C describes itself", "[c_api]") {
    const Saved saved;
    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    REQUIRE(network);
    REQUIRE(fsdnet_api_version() == FSDNET_API_VERSION);
    int height = 0, width = 0, colors = 0;
    REQUIRE(fsdnet_input_size(network.get(), &height, &width, &colors) == FSDNET_OK);
    REQUIRE(std::vector<int>{height, width, colors} == std::vector<int>{6, 5, 1});
    REQUIRE(fsdnet_input_size(network.get(), nullptr, &width, nullptr) == FSDNET_OK);
    REQUIRE(fsdnet_class_count(network.get()) == 3);
    REQUIRE(fsdnet_layer_count(network.get()) == 5);
    REQUIRE(fsdnet_class_name(network.get(), 2) == std::string("two"));
    REQUIRE(fsdnet_class_name(network.get(), 3) == nullptr);
    REQUIRE(fsdnet_class_name(network.get(), -1) == nullptr);
    REQUIRE_THAT(fsdnet_describe(network.get()),
                 Catch::Contains(R"("classes": ["zero", "one", "two"])") &&
                     Catch::Contains(R"("parameters": 253)") &&
                     Catch::Contains(R"({"op": "kld_conv", "name": "first", "shape": [4, 3, 2, 4]})"));
}

TEST_CASE("a run through C gives the bits of the C++ interface", "[c_api]") {
    const Saved saved;
    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    std::vector<uint8_t> images = some_images(70UL * 30);
    std::vector<float> found(70UL * 3);
    REQUIRE(fsdnet_run(network.get(), images.data(), 70, found.data()) == FSDNET_OK);

    Network expected_network(saved.model);
    Tensor expected = make_tensor<float>({70, 3});
    expected_network.run(view_tensor(halide_type_of<uint8_t>(), images.data(), {70, 6, 5, 1}), expected);
    REQUIRE(std::memcmp(found.data(), expected.data(), expected.size_in_bytes()) == 0);
}

TEST_CASE("a run through C does not depend on the caller's floating-point environment", "[c_api]") {
    const Saved saved;
    const std::vector<uint8_t> images = some_images(70UL * 30);
    const auto result = [&] {
        const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
        std::vector<float> found(70UL * 3);
        REQUIRE(fsdnet_run(network.get(), images.data(), 70, found.data()) == FSDNET_OK);
        return found;
    };
    const std::vector<float> expected = result();
    for (const unsigned bits : CallerEnvironment::all) {
        INFO(std::hex << bits);
        const CallerEnvironment environment(bits);
        REQUIRE(result() == expected);
        REQUIRE(CallerEnvironment::now() == bits);
    }
}

TEST_CASE("numbers run through C as through C++", "[c_api]") {
    const TemporaryFolder folder;
    const Model model = small_ordinary_model();
    save_model(model, folder / "ordinary.safetensors");
    const Handle network(fsdnet_load((folder / "ordinary.safetensors").c_str()), fsdnet_free);
    REQUIRE(network);
    REQUIRE(fsdnet_result_size(network.get()) == 3);
    const std::size_t size = 9 * 8 * 2;
    std::vector<float> numbers(5 * size), found(15), of_bytes(15);
    std::vector<uint8_t> images = some_images(numbers.size());
    std::copy(images.begin(), images.end(), numbers.begin());
    REQUIRE(fsdnet_run_floats(network.get(), numbers.data(), 5, found.data()) == FSDNET_OK);
    REQUIRE(fsdnet_run(network.get(), images.data(), 5, of_bytes.data()) == FSDNET_OK);
    for (std::size_t i = 0; i < found.size(); i++) {
        REQUIRE(found[i] == Approx(of_bytes[i]).margin(1e-5));
    }
    numbers[3 * size + 17] = std::nanf("");
    REQUIRE(fsdnet_run_floats(network.get(), numbers.data(), 5, found.data()) == FSDNET_BAD_INPUT);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("Number 17 of sample 3"));
    REQUIRE(fsdnet_run_floats(network.get(), nullptr, 5, found.data()) == FSDNET_USAGE);
    REQUIRE(fsdnet_result_size(nullptr) == 0);
}

TEST_CASE("masks and judgements through C are those of C++", "[c_api]") {
    const TemporaryFolder folder;
    const Model model = fitted_model();
    save_model(model, folder / "fitted.safetensors");
    const Handle network(fsdnet_load((folder / "fitted.safetensors").c_str()), fsdnet_free);
    REQUIRE(network);
    std::vector<uint8_t> images = some_images(7UL * 30), mask = some_images(7UL * 30);
    for (uint8_t &observed : mask) {
        observed &= 2;
    }
    const Tensor inputs = view_tensor(halide_type_of<uint8_t>(), images.data(), {7, 6, 5, 1});
    Network expected_network(model);
    Tensor expected = make_tensor<float>({7, 3}), novelty = make_tensor<float>({7}),
           p_value = make_tensor<float>({7});
    const auto same = [](const Tensor &tensor, const std::vector<float> &found) {
        return std::memcmp(tensor.data(), found.data(), tensor.size_in_bytes()) == 0;
    };
    std::vector<float> found(7UL * 3), found_novelty(7), found_p(7);

    REQUIRE(fsdnet_run_masked(network.get(), images.data(), mask.data(), 1, 7, found.data()) == FSDNET_OK);
    const Tensor observed = view_tensor(halide_type_of<uint8_t>(), mask.data(), {7, 6, 5, 1});
    expected_network.run({inputs, expected, &observed});
    REQUIRE(same(expected, found));

    REQUIRE(fsdnet_judge(network.get(), images.data(), 7, found.data(), found_novelty.data(),
                         found_p.data()) == FSDNET_OK);
    expected_network.run({inputs, expected, nullptr, nullptr, &novelty, &p_value});
    REQUIRE(same(expected, found));
    REQUIRE(same(novelty, found_novelty));
    REQUIRE(same(p_value, found_p));
    REQUIRE(fsdnet_judge(network.get(), images.data(), 7, found.data(), nullptr, nullptr) == FSDNET_OK);

    REQUIRE(fsdnet_run_masked(network.get(), images.data(), nullptr, 1, 7, found.data()) == FSDNET_USAGE);
    REQUIRE(fsdnet_run_masked(network.get(), images.data(), mask.data(), 0, 7, found.data()) == FSDNET_USAGE);
    REQUIRE(fsdnet_run_masked(network.get(), images.data(), mask.data(), 2, 1, found.data()) ==
            FSDNET_BAD_INPUT);
    const Saved saved;
    const Handle without(fsdnet_load(saved.path.c_str()), fsdnet_free);
    REQUIRE(fsdnet_judge(without.get(), images.data(), 7, found.data(), nullptr, found_p.data()) ==
            FSDNET_UNSUPPORTED);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("fsdnet calibrate"));
}

TEST_CASE("failures are codes and sentences", "[c_api]") {
    const Saved saved;
    REQUIRE(fsdnet_load((saved.path + ".missing").c_str()) == nullptr);
    REQUIRE_THAT(fsdnet_last_error(),
                 Catch::Contains("model.safetensors.missing") && Catch::Contains("No such file"));
    REQUIRE(fsdnet_load(nullptr) == nullptr);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("'path' must not be NULL"));

    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    uint8_t pixels[30] = {};
    float result[3];
    REQUIRE(fsdnet_run(nullptr, pixels, 1, result) == FSDNET_USAGE);
    REQUIRE(fsdnet_run(network.get(), nullptr, 1, result) == FSDNET_USAGE);
    REQUIRE(fsdnet_run(network.get(), pixels, 1, nullptr) == FSDNET_USAGE);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("'log_posterior' must not be NULL"));
    REQUIRE(fsdnet_run(network.get(), nullptr, 0, nullptr) == FSDNET_OK);
    REQUIRE(fsdnet_input_size(nullptr, nullptr, nullptr, nullptr) == FSDNET_USAGE);
    REQUIRE(fsdnet_class_count(nullptr) == 0);
    REQUIRE(fsdnet_layer_count(nullptr) == 0);
    REQUIRE(fsdnet_describe(nullptr) == nullptr);
    fsdnet_free(nullptr);
}

TEST_CASE("numbers that overflow are bad input", "[c_api]") {
    Saved saved;
    static_cast<float *>(saved.model.tensors.at("last.observations").data())[0] = 3e38f;
    save_model(saved.model, saved.path);
    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    uint8_t pixels[30] = {};
    float result[3];
    REQUIRE(fsdnet_run(network.get(), pixels, 1, result) == FSDNET_BAD_INPUT);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("not a distribution"));
}

TEST_CASE("the last error belongs to its thread", "[c_api]") {
    fsdnet_load(nullptr);
    std::string elsewhere = "unset";
    std::thread([&] { elsewhere = fsdnet_last_error(); }).join();
    REQUIRE(elsewhere.empty());
    REQUIRE_FALSE(std::string(fsdnet_last_error()).empty());
}

TEST_CASE("one network may be run from several threads", "[c_api]") {
    const Saved saved;
    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    const std::vector<uint8_t> images = some_images(70UL * 30);
    std::vector<float> expected(70UL * 3);
    REQUIRE(fsdnet_run(network.get(), images.data(), 70, expected.data()) == FSDNET_OK);
    std::vector<std::vector<float>> found(4, std::vector<float>(expected.size()));
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (std::vector<float> &result : found) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; i++) {
                fsdnet_run(network.get(), images.data(), 70, result.data());
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    for (const std::vector<float> &result : found) {
        REQUIRE(result == expected);
    }
}

TEST_CASE("the C program prints the posterior of an image", "[c_api]") {
    const Saved saved;
    std::vector<uint8_t> image = some_images(30);
    write_bytes(saved.folder / "image.pgm", "P5\n5 6\n255\n" + std::string(image.begin(), image.end()));
    const std::string command = std::string(FSDNET_C_EXAMPLE) + " " + saved.path + " " +
                                (saved.folder / "image.pgm") + " > " + (saved.folder / "printed");
    REQUIRE(std::system(command.c_str()) == 0);

    const Handle network(fsdnet_load(saved.path.c_str()), fsdnet_free);
    float log_posterior[3];
    REQUIRE(fsdnet_run(network.get(), image.data(), 1, log_posterior) == FSDNET_OK);
    std::string expected;
    for (int i = 0; i < 3; i++) {
        char line[64];
        std::snprintf(line, sizeof line, "%-12s %.6f\n", fsdnet_class_name(network.get(), i),
                      std::exp(static_cast<double>(log_posterior[i])));
        expected += line;
    }
    REQUIRE(read_bytes(saved.folder / "printed") == expected);
}
