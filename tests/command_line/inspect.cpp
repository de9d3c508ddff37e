// `fsdnet inspect`: counts, entropies and information of networks that are simple enough to know them.
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/images/photos.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

void fill(Model &model, const std::string &tensor, float value) {
    Tensor &target = model.tensors.at(tensor);
    std::fill_n(static_cast<float *>(target.data()), target.number_of_elements(), value);
}

std::string data_in(const TemporaryFolder &folder) {
    std::vector<cv::Mat> images;
    std::vector<int> labels;
    for (int i = 0; i < 20; i++) {
        images.push_back(scan_of(static_cast<char>('0' + i % 10)));
        labels.push_back(i % 10);
    }
    fs::create_directories(folder / "data");
    write_idx(folder / "data/t10k", images, labels);
    return folder / "data";
}

}  // namespace

TEST_CASE("shapes, parameters and the entropies of filters are listed", "[inspect]") {
    TemporaryFolder folder;
    Model model = drawn_model();
    fill(model, "first.log_likelihood", -std::log(2.f));  // uniform
    fill(model, "last.log_prior", -std::log(10.f));
    save_model(model, folder / "m.safetensors");
    const nlohmann::json result = fsdnet_json({"inspect", "--model", folder / "m.safetensors"});
    CHECK(result["parameters"] == 6 * 25 * 2 + 6 + 1 + 12 * 12 * 6 * 10 + 10 + 1);
    REQUIRE(result["layers"].size() == 5);
    const nlohmann::json &first = result["layers"][0], &last = result["layers"][3];
    CHECK(first["shape"] == nlohmann::json({24, 24, 1, 6}));
    CHECK(first["parameters"] == 6 * 25 * 2 + 6 + 1);
    CHECK(first["filter_entropy"].get<double>() == Approx(std::log(2.0)));
    CHECK(first["filter_entropy_maximum"].get<double>() == Approx(std::log(2.0)));
    CHECK(result["layers"][2]["shape"] == nlohmann::json({12, 12, 1, 6}));
    CHECK(last["filter_entropy_maximum"].get<double>() == Approx(std::log(6.0)));
    CHECK(last["filter_entropy"].get<double>() < std::log(6.0));
    CHECK(last["filter_entropy"].get<double>() > 0);
    CHECK(last["prior_entropy"].get<double>() == Approx(std::log(10.0)));
    CHECK_FALSE(result["layers"][1].contains("information"));
}

TEST_CASE("a layer that sees nothing tells nothing", "[inspect]") {
    TemporaryFolder folder;
    Model model = drawn_model();
    fill(model, "first.log_likelihood", -std::log(2.f));  // every filter explains every image equally well
    fill(model, "first.log_prior", -std::log(6.f));
    save_model(model, folder / "m.safetensors");
    const nlohmann::json result =
        fsdnet_json({"inspect", "--model", folder / "m.safetensors", "--data", data_in(folder)});
    const nlohmann::json &layer = result["layers"][1];
    CHECK(layer["information"].get<double>() == Approx(0).margin(1e-6));
    CHECK(layer["marginal_entropy"].get<double>() == Approx(std::log(6.0)));
    CHECK(layer["posterior_entropy"].get<double>() == Approx(std::log(6.0)));
}

TEST_CASE("a network that recognizes ten digits tells log 10 nats about them", "[inspect]") {
    TemporaryFolder folder;
    Model model = template_model();
    fill(model, "digits.observations", 1);  // sure of itself
    save_model(model, folder / "m.safetensors");
    const nlohmann::json result =
        fsdnet_json({"inspect", "--model", folder / "m.safetensors", "--data", data_in(folder)});
    CHECK(result["data"]["images"] == 20);
    const nlohmann::json &layer = result["layers"][1];
    CHECK(layer["information"].get<double>() == Approx(std::log(10.0)).epsilon(1e-3));
    CHECK(layer["posterior_entropy"].get<double>() == Approx(0).margin(1e-3));
    CHECK(layer["information"].get<double>() ==
          Approx(layer["marginal_entropy"].get<double>() - layer["posterior_entropy"].get<double>())
              .margin(1e-6));
    CHECK(layer["entropy_maximum"].get<double>() == Approx(std::log(10.0)));
}

TEST_CASE("filters are drawn", "[inspect]") {
    TemporaryFolder folder;
    save_model(drawn_model(), folder / "m.safetensors");
    const Outcome outcome =
        fsdnet({"inspect", "--model", folder / "m.safetensors", "--filters", folder / "f.png"});
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.output, Catch::Contains("kld_conv 'first'"));
    const cv::Mat picture = cv::imread(folder / "f.png");
    CHECK(picture.cols > 500);
    CHECK(picture.rows > 300);
}

TEST_CASE("a machine without fonts is told what is missing", "[inspect]") {
    TemporaryFolder folder;
    save_model(drawn_model(), folder / "m.safetensors");
    write_bytes(folder / "none.conf",
                "<fontconfig><cachedir>" + std::string(folder / "cache") + "</cachedir></fontconfig>");
    ::setenv("FONTCONFIG_FILE", (folder / "none.conf").c_str(), 1);
    require_refusal({"inspect", "--model", folder / "m.safetensors", "--filters", folder / "f.png"}, 4,
                    "install one, e.g. Debian's fonts-dejavu-core");
    ::unsetenv("FONTCONFIG_FILE");
    CHECK_FALSE(fs::exists(folder / "f.png"));
}

TEST_CASE("inspect refuses what it cannot use", "[inspect]") {
    TemporaryFolder folder;
    save_model(drawn_model(), folder / "m.safetensors");
    require_refusal({"inspect", "--model", folder / "none.safetensors"}, 3, "none.safetensors");
    require_refusal({"inspect", "--model", folder / "m.safetensors", "--data", folder / "none"}, 3, "none");
    require_refusal({"inspect", "--model", folder / "m.safetensors", "--filters", folder / "none/f.png"}, 3,
                    "cannot be written");
    require_refusal({"inspect", "--model", folder / "m.safetensors", "--images", "0"}, 2, "--images");
}

TEST_CASE("log-probabilities that count as larger ones are told", "[inspect]") {
    const TemporaryFolder folder;
    Model model = small_model();
    Tensor &weights = model.tensors.at("last.log_likelihood");
    auto *numbers = static_cast<float *>(weights.data());
    const int outputs = shape_of(weights)[4], states = shape_of(weights)[3];
    for (int state = 0; state < states; state++) {  // of the first variable and output: one is certain
        numbers[state * outputs] = state == 0 ? 0 : -90;
    }
    save_model(model, folder / "model.safetensors");
    const Outcome seen = fsdnet({"inspect", "--model", folder / "model.safetensors"});
    CHECK(seen.code == 0);
    CHECK_THAT(seen.errors, Catch::Contains("3 log q of the file are below -87 nats and count as -87"));
    const nlohmann::json json = fsdnet_json({"inspect", "--model", folder / "model.safetensors"});
    CHECK(json["layers"][0]["log_q_below_minus_87"] == 0);
    CHECK(json["layers"][3]["log_q_below_minus_87"] == 3);
    CHECK_THAT(fsdnet({"quantize", folder / "model.safetensors"}).errors, Catch::Contains("3 log q"));
}
