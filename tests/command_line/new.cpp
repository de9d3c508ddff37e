// Data without a description: `fsdnet new`, and `fsdnet train` alone.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "tests/temporary_folder.h"
#include "tests/training/networks.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <filesystem>
#include <fstream>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Bars in three folders, as people have them: every image of another size, one in four in colors.
void write_mixed_images(const std::string &folder) {
    Dataset data = bars(120, 3);
    auto *pixels = static_cast<std::uint8_t *>(data.images.data());
    for (int i = 0; i < data.count(); i++) {
        const std::string place = folder + "/" + data.classes[static_cast<std::size_t>(data.labels[i])];
        std::filesystem::create_directories(place);
        cv::Mat image;
        cv::resize(cv::Mat(8, 8, CV_8UC1, pixels + std::ptrdiff_t{64} * i), image, {30 + i % 7, 40 - i % 5});
        if (i % 4 == 0) {
            cv::cvtColor(image, image, cv::COLOR_GRAY2BGR);
            image.setTo(cv::Scalar(0, 0, 90), image < 10);
        }
        cv::imwrite(place + "/" + std::to_string(i) + ".png", image);
    }
}

}  // namespace

TEST_CASE("images of any size become a network in one command", "[command_line][new]") {
    const TemporaryFolder folder;
    write_mixed_images(folder / "images");
    const Outcome outcome = fsdnet({"train", "--data", folder / "images", "--preset", "small", "--epochs",
                                    "4", "--batch", "10", "--output", folder / "m.safetensors"});
    INFO(outcome.errors);
    REQUIRE(outcome.code == 0);
    CHECK_THAT(outcome.errors, Catch::Contains("The images are brought to 32 x 32 pixels in colors"));
    CHECK_THAT(outcome.errors, Catch::Contains("small starter network"));
    const nlohmann::json result =
        fsdnet_json({"evaluate", "--model", folder / "m.safetensors", "--data", folder / "images"});
    CHECK(result.at("accuracy").get<double>() > 0.8);
    CHECK(result.at("classes").size() == 3);
}

TEST_CASE("new writes a description that trains", "[command_line][new]") {
    const TemporaryFolder folder;
    write_mixed_images(folder / "images");
    const std::string network = folder / "network.json";
    const nlohmann::json result =
        fsdnet_json({"new", "--data", folder / "images", "--preset", "small", "--height", "16", "--width",
                     "12", "--colors", "1", "--output", network});
    CHECK(result.at("summary") == "16 x 12 gray pixels: kld_conv 8, kld_conv 16, kld_linear 3");
    std::ifstream file(network);
    std::string other{std::istreambuf_iterator<char>(file), {}};
    other.replace(other.find("\"states\":3"), 10, "\"states\":5");
    write_bytes(folder / "other.json", other);
    require_refusal({"train", "--data", folder / "images", "--description", folder / "other.json", "--output",
                     folder / "m"},
                    3,
                    "gives 5 numbers; the folder " + folder / "images" +
                        " has 3 classes. Give its last layer with numbers 3");
    CHECK(fsdnet({"train", "--data", folder / "images", "--description", network, "--epochs", "1", "--batch",
                  "10", "--output", folder / "m.safetensors"})
              .code == 0);
}

TEST_CASE("a starter network and a description exclude each other", "[command_line][new]") {
    require_refusal(
        {"train", "--data", "none", "--description", "none.json", "--preset", "small", "--output", "m"}, 2,
        "--preset");
    require_refusal({"train", "--data", "none", "--preset", "huge", "--output", "m"}, 2, "--preset");
    require_refusal({"new", "--data", "none", "--preset", "smal", "--output", "m"}, 2,
                    "did you mean 'small'?");
    require_refusal({"new", "--data", "none", "--output", "none.json"}, 3, "does not exist");
    require_refusal({"new", "--data", "none", "--output", "none.txt"}, 2, ".json");
}
