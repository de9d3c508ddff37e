// `fsdnet evaluate`: the metrics, and what approximations cost.
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/images/photos.h"
#include "tests/runtime/models.h"
#include "toolkit/evaluation/approximation_cost.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstring>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

// 60 images of ten digits, some of them labeled wrongly, as MNIST's test files; two models.
struct Workplace {
    TemporaryFolder folder;
    std::string templates = folder / "templates.safetensors", drawn = folder / "drawn.safetensors";
    std::string data = folder / "data";
    std::vector<int> labels;

    Workplace() {
        save_model(template_model(), templates);
        save_model(drawn_model(), drawn);
        std::vector<cv::Mat> images;
        for (int i = 0; i < 60; i++) {
            images.push_back(scan_of(static_cast<char>('0' + i % 10)));
            labels.push_back(i % 7 == 6 ? (i + 1) % 10 : i % 10);
        }
        fs::create_directories(data);
        write_idx(data + "/t10k", images, labels);
    }

    nlohmann::json evaluate(const std::string &model, const std::vector<std::string> &more = {}) const {
        std::vector<std::string> arguments = {"evaluate", "--model", model, "--data", data};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return fsdnet_json(arguments);
    }
};

}  // namespace

TEST_CASE("accuracy and NLL are those of the classified images", "[evaluate]") {
    Workplace place;
    const nlohmann::json classified =
        fsdnet_json({"classify", "--model", place.drawn, "--top", "10", place.data});
    int correct = 0;
    double nll = 0;
    for (std::size_t i = 0; i < place.labels.size(); i++) {
        const nlohmann::json &image = classified["images"][i];
        const std::string label = std::to_string(place.labels[i]);
        correct += image["class"] == label ? 1 : 0;
        for (const nlohmann::json &ranked : image["top"]) {
            nll -= ranked["class"] == label ? std::log(ranked["posterior"].get<double>()) / 60 : 0;
        }
    }
    const nlohmann::json result = place.evaluate(place.drawn);
    CHECK(result["images"] == 60);
    CHECK(result["accuracy"].get<double>() == Approx(correct / 60.0));
    CHECK(result["nll"].get<double>() == Approx(nll).epsilon(1e-4));
    CHECK(result["ece"].get<double>() >= 0);
    int sum = 0;
    for (const nlohmann::json &row : result["confusion"]) {
        for (int count : row) {
            sum += count;
        }
    }
    CHECK(sum == 60);
    CHECK(place.evaluate(place.templates)["accuracy"].get<double>() == Approx(52.0 / 60));  // 8 wrong labels
    CHECK(place.evaluate(place.templates, {"--images", "6"})["accuracy"] == 1.0);
}

TEST_CASE("a replacement shows its cost from the replaced layer on", "[evaluate]") {
    Workplace place;
    const nlohmann::json exact = place.evaluate(place.drawn);
    const nlohmann::json result = place.evaluate(place.drawn, {"--replace", "marginal_pool=max_pool"});
    CHECK(result["exact"]["nll"] == exact["nll"]);
    CHECK(result["replaced"]["nll"] != exact["nll"]);
    CHECK(result["nll"] == result["replaced"]["nll"]);
    REQUIRE(result["layers"].size() == 3);  // normalize, the pooling, log_normalize
    const nlohmann::json &before = result["layers"][0], &pooling = result["layers"][1],
                         &last = result["layers"][2];
    CHECK(before["op"] == "normalize");
    CHECK(before["kl_mean"] == 0.0);
    CHECK(before["sum_mean"].get<double>() == Approx(1));
    CHECK(pooling["replaced_by"] == "max_pool");
    CHECK(pooling["kl_mean"].get<double>() > 0);
    CHECK(pooling["kl_largest"].get<double>() <
          std::log(4.0));                          // |log of the ratio| <= log N for N positions
    CHECK(pooling["sum_mean"].get<double>() > 1);  // maxima of several distributions
    CHECK(last["kl_mean"].get<double>() > 0);
    const nlohmann::json renormalized =
        place.evaluate(place.drawn, {"--replace", "marginal_pool=renormalized_max_pool"});
    CHECK(renormalized["layers"][1]["sum_mean"].get<double>() == Approx(1));
    CHECK(renormalized["layers"][1]["kl_mean"].get<double>() ==
          Approx(pooling["kl_mean"].get<double>()).epsilon(1e-3));
}

TEST_CASE("several replacements add up", "[evaluate]") {
    Workplace place;
    const nlohmann::json result = place.evaluate(
        place.drawn, {"--replace", "normalize=hard_normalize", "--replace", "marginal_pool=max_pool"});
    CHECK(result["layers"][0]["replaced_by"] == "hard_normalize");
    CHECK(result["layers"][0]["kl_mean"].get<double>() < 1e-6);  // hard normalization lacks the divisor only
    CHECK(result["layers"][0]["sum_mean"].get<double>() > 1);
    CHECK(result["layers"][1]["replaced_by"] == "max_pool");
    const Outcome table =
        fsdnet({"evaluate", "--model", place.drawn, "--data", place.data, "--replace", "normalize=relu"});
    CHECK(table.code == 0);
    CHECK_THAT(table.output,
               Catch::Contains("normalize -> relu") && Catch::Contains("exact") && Catch::Contains("cost"));
}

TEST_CASE("what float32 rounds to nothing is not counted as impossible", "[evaluate]") {
    Model model;
    model.input = {4, 4, 1};
    model.layers = {linear("hidden", 1, 2), plain("normalize"), linear("last", 1, 2), plain("log_normalize")};
    model = with_parameters(model, 1);
    // Both states see 16 black pixels of probability e^-6, 50 times: far below what a sigmoid can say.
    Tensor &weights = model.tensors.at("hidden.log_likelihood");
    auto *numbers = static_cast<float *>(weights.data());
    for (std::size_t i = 0; i < weights.number_of_elements(); i++) {
        numbers[i] = i / 2 % 2 == 0 ? -6 : std::log1p(-std::exp(-6.F));
    }
    *static_cast<float *>(model.tensors.at("hidden.observations").data()) = 50;
    Tensor images = make_tensor<std::uint8_t>({3, 4, 4, 1});
    std::memset(images.data(), 0, images.size_in_bytes());
    const Model approximate = replaced(model, "normalize", "sigmoid");
    const std::vector<LayerCost> costs = layer_costs(model, approximate, images, "cpu");
    CHECK(costs.front().infinite == 0);
    CHECK(costs.front().underflow == 1);
    CHECK(costs.front().mean < 10);
    // A maximum of 0 and evidence excludes what is below: that is the formula's 0.
    const std::vector<LayerCost> excluded =
        layer_costs(model, replaced(model, "normalize", "relu"), images, "cpu");
    CHECK(excluded.front().infinite == 1);
    CHECK(excluded.front().underflow == 0);
    CHECK(gives_distribution(approximate));
    CHECK_FALSE(gives_distribution(replaced(model, "log_normalize", "log_hard_normalize")));
}

TEST_CASE("the confusion matrix is a picture", "[evaluate]") {
    Workplace place;
    place.evaluate(place.templates,
                   {"--confusion", place.folder / "confusion.png", "--mistakes", place.folder / "wrong.png",
                    "--uncertain", place.folder / "uncertain.png"});
    CHECK(!cv::imread(place.folder / "wrong.png").empty());
    CHECK(!cv::imread(place.folder / "uncertain.png").empty());
    const cv::Mat picture = cv::imread(place.folder / "confusion.png");
    CHECK(picture.cols > 600);
    CHECK(picture.rows > 600);
}

TEST_CASE("cards name folder and file in any script", "[evaluate]") {
    Workplace place;
    for (const std::string file : {"3/три.png", "7/семь 1.png"}) {
        fs::create_directories(place.folder / ("scans/" + file.substr(0, 1)));
        REQUIRE(cv::imwrite(place.folder / ("scans/" + file), scan_of(file[0])));
    }
    const std::string evaluated = place.folder / "evaluated.svg",
                      classified = place.folder / "classified.svg";
    fsdnet_json(
        {"evaluate", "--model", place.templates, "--data", place.folder / "scans", "--uncertain", evaluated});
    fsdnet_json({"classify", "--model", place.templates, place.folder / "scans", "--picture", classified});
    for (const std::string &picture : {evaluated, classified}) {
        CHECK_THAT(read_bytes(picture),
                   Catch::Contains("\n3/три.png\n") && Catch::Contains("\n7/семь 1.png\n"));
    }
}

TEST_CASE("evaluate refuses what it cannot use", "[evaluate]") {
    Workplace place;
    const auto refuse = [&](const std::vector<std::string> &more, int code, const std::string &expected) {
        std::vector<std::string> line = {"evaluate", "--model", place.drawn};
        line.insert(line.end(), more.begin(), more.end());
        require_refusal(line, code, expected);
    };
    refuse({}, 2, "--data");
    refuse({"--data", place.folder / "nothing"}, 3, "nothing");
    refuse({"--data", place.data, "--split", "train"}, 3, "train");
    refuse({"--data", place.data, "--split", "half"}, 2, "--split");
    refuse({"--data", place.data, "--replace", "marginal_pool"}, 2, "name=value");
    refuse({"--data", place.data, "--replace", "marginal_pool=relu"}, 2,
           "marginal_pool cannot be replaced by relu");
    refuse({"--data", place.data, "--replace", "log_marginal_pool=log_marginal_pool"}, 2,
           "log_marginal_pool");
    refuse({"--data", place.data, "--confusion", place.folder / "none/c.png"}, 3, "cannot be written");
    fs::create_directories(place.folder / "animals/cat");
    REQUIRE(cv::imwrite(place.folder / "animals/cat/a.png", scan_of('1')));
    refuse({"--data", place.folder / "animals"}, 3, "'cat'");
}
