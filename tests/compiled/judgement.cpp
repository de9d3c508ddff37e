// Novelty and p-value of compiled networks against the runtime's.
#include "tests/compiled/judgement.h"
#include "runtime/network.h"
#include "tests/caller_environment.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <thread>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr unsigned models = 10;

compiler::LibraryOptions with_judge() {
    compiler::LibraryOptions options;
    options.judge = true;
    return options;
}

const uint8_t *bytes(const Tensor &tensor) {
    return static_cast<const uint8_t *>(tensor.data());
}

// Distances from the evidence of other images, in all pairs of layers, and scores from 0.5 to 684.
Model with_fit(Model model) {
    Network network(model);
    const int classes = static_cast<int>(model.classes.size()), layers = network.evidence_size();
    const Tensor images = random_images(model, classes, 77);
    Tensor result = make_tensor<float>({classes, classes});
    Novelty fit{make_tensor<float>({classes, layers}), make_tensor<float>({classes, layers, layers}),
                make_tensor<float>({37})};
    network.run({images, result, nullptr, &fit.mean});
    auto *precision = static_cast<float *>(fit.precision.data());
    for (int i = 0; i < classes * layers * layers; i++) {
        const bool diagonal = i / layers % layers == i % layers;
        precision[i] = diagonal ? 0.25F + 0.01F * static_cast<float>(i) : 0.03F;
    }
    for (int i = 0; i < 37; i++) {
        static_cast<float *>(fit.scores.data())[i] = 0.5F * static_cast<float>((i + 1) * (i + 1));
    }
    model.novelty = fit;
    return model;
}

struct Judgement {
    std::vector<float> log_posterior, novelty, p_value;

    bool operator==(const Judgement &other) const {
        return log_posterior == other.log_posterior && novelty == other.novelty && p_value == other.p_value;
    }
};

Judgement judged(CompiledJudge judge, const Tensor &images, std::size_t classes) {
    const int batch = images.dim(3).extent();
    const auto count = static_cast<std::size_t>(batch);
    Judgement found{std::vector<float>(classes * count, 1), std::vector<float>(count, -1),
                    std::vector<float>(count, -1)};
    REQUIRE(judge(bytes(images), batch, found.log_posterior.data(), found.novelty.data(),
                  found.p_value.data()) == 0);
    return found;
}

}  // namespace

TEST_CASE("compiled networks judge as the chained ones do", "[compiled]") {
    SharedObject object;
    std::vector<Model> all;
    for (unsigned seed = 0; seed < models; seed++) {
        if (Network(random_model(seed)).evidence_size() > 0) {
            all.push_back(with_fit(random_model(seed)));
            object.add(all.back(), "network" + std::to_string(all.size()), {target_in_use()}, with_judge());
        }
    }
    REQUIRE(all.size() > models / 2);
    object.load();
    for (std::size_t i = 0; i < all.size(); i++) {
        INFO(describe(all[i]));
        const Tensor images = random_images(all[i], 5, 3);
        const Judgement found =
            judged(object.judge("network" + std::to_string(i + 1)), images, all[i].classes.size());
        check_judgement(all[i], images, found.log_posterior, found.novelty, found.p_value);
    }
}

TEST_CASE("a judgement says what is wrong with a call and writes nothing", "[compiled]") {
    SharedObject object;
    object.add(fitted_model(), "small", {target_in_use()}, with_judge());
    object.load();
    const CompiledJudge judge = object.judge("small");
    const std::vector<uint8_t> image(30);
    std::vector<float> result(3, 7.F), novelty(1, 7.F), p_value(1, 7.F);
    CHECK(judge(image.data(), -1, result.data(), novelty.data(), p_value.data()) == 1);
    CHECK(judge(nullptr, 1, result.data(), novelty.data(), p_value.data()) == 2);
    CHECK(judge(image.data(), 1, nullptr, novelty.data(), p_value.data()) == 2);
    CHECK(judge(image.data(), 1, result.data(), nullptr, p_value.data()) == 2);
    CHECK(judge(image.data(), 1, result.data(), novelty.data(), nullptr) == 2);
    CHECK(judge(nullptr, 0, nullptr, nullptr, nullptr) == 0);
    CHECK(result == std::vector<float>(3, 7.F));
    CHECK(novelty[0] == 7.F);
    CHECK(p_value[0] == 7.F);
    CHECK(judge(image.data(), 1, result.data(), novelty.data(), p_value.data()) == 0);
    CHECK(novelty[0] != 7.F);
    CHECK((p_value[0] >= 0.2F && p_value[0] <= 1.F));
}

TEST_CASE("judging leaves the plain function's bits as they are", "[compiled]") {
    const Model model = fitted_model();
    SharedObject object;
    object.add(model, "alone", {target_in_use()});
    object.add(model, "accompanied", {target_in_use()}, with_judge());
    object.load();
    const Tensor images = random_images(model, 9, 4);
    std::vector<float> one(27), other(27);
    REQUIRE(object.function("alone")(bytes(images), 9, one.data()) == 0);
    REQUIRE(object.function("accompanied")(bytes(images), 9, other.data()) == 0);
    CHECK(one == other);
}

TEST_CASE("threads may judge at once, in any environment, and a batch gives the bits of single images",
          "[compiled]") {
    const Model model = fitted_model();
    SharedObject object;
    object.add(model, "small", {"host", target_of("baseline")}, with_judge());
    object.load();
    const CompiledJudge judge = object.judge("small");
    const Tensor images = random_images(model, 64, 2);
    const Judgement expected = judged(judge, images, 3);
    const auto one_by_one = [&](bool &same) {
        Judgement found = expected;
        for (int round = 0; round < 20 && same; round++) {
            found.novelty.assign(64, -1);
            for (std::size_t i = 0; i < 64; i++) {
                judge(bytes(images) + 30 * i, 1, &found.log_posterior[3 * i], &found.novelty[i],
                      &found.p_value[i]);
            }
            same = found == expected;
        }
    };
    bool same[2] = {true, true};
    std::thread other([&] { one_by_one(same[1]); });
    one_by_one(same[0]);
    other.join();
    CHECK((same[0] && same[1]));
    for (const unsigned bits : CallerEnvironment::all) {
        const CallerEnvironment environment(bits);
        REQUIRE(judged(judge, images, 3) == expected);
        REQUIRE(CallerEnvironment::now() == bits);
    }
}

TEST_CASE("a model without a fit, integers and GPUs have no judgement", "[compiled]") {
    SharedObject object;
    CHECK_THROWS_WITH(object.add(small_model(), "net", {"host"}, with_judge()),
                      Catch::Contains("fsdnet calibrate"));
    CHECK_THROWS_WITH(object.add(fitted_model(), "net", {"x86-64-linux-opencl"}, with_judge()),
                      Catch::Contains("CPUs"));
}
