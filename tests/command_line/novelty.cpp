// `fsdnet calibrate`, and what classify and evaluate make of novelty, masks and pixels.
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/images/photos.h"
#include "tests/npy/numpy.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

// Digits, images of another kind, a model without and one with a fit.
struct Workplace {
    TemporaryFolder folder;
    std::string model = folder / "drawn.safetensors", fitted = folder / "fitted.safetensors";
    std::string data = folder / "data", other = folder / "other";

    Workplace() {
        save_model(drawn_model(), model);
        // Each digit four times, so that the halves of the fit hold the same ones.
        std::vector<cv::Mat> digits, images;
        std::vector<int> labels;
        for (int i = 0; i < 40; i++) {
            labels.push_back(i / 2 % 10);
            digits.push_back(scan_of(static_cast<char>('0' + labels.back())));
        }
        fs::create_directories(data);
        write_idx(data + "/t10k", digits, labels);
        write_idx(data + "/train", digits, labels);
        for (char digit = '0'; digit <= '9'; digit++) {
            images.push_back(255 - scan_of(digit));
        }
        fs::create_directories(other);
        write_idx(other + "/t10k", images, std::vector<int>(10));
        REQUIRE(fsdnet({"calibrate", model, "--data", data, "--output", fitted}).code == 0);
    }

    nlohmann::json classify(const std::string &by, std::vector<std::string> more) const {
        more.insert(more.begin(), {"classify", "--model", by});
        return fsdnet_json(more);
    }
    std::string write(const std::string &name, const std::string &bytes) const {
        write_bytes(folder / name, bytes);
        return folder / name;
    }
    std::string draw(const std::string &name, const cv::Mat &image) const {
        REQUIRE(cv::imwrite(folder / name, image));
        return folder / name;
    }
};

std::vector<double> posteriors(const nlohmann::json &image) {
    std::vector<double> all(10);
    for (const nlohmann::json &ranked : image["top"]) {
        all[std::stoul(ranked["class"].get<std::string>())] = ranked["posterior"];
    }
    return all;
}

void require_close(const std::vector<double> &a, const std::vector<double> &b) {
    for (std::size_t i = 0; i < a.size(); i++) {
        CHECK(a[i] == Approx(b[i]).epsilon(1e-4).margin(1e-6));
    }
}

}  // namespace

TEST_CASE("calibrate adds a novelty and changes nothing else", "[command_line][novelty]") {
    const Workplace place;
    const Model before = load_model(place.model), after = load_model(place.fitted);
    REQUIRE(after.novelty);
    REQUIRE(after.novelty->images() == 20);
    REQUIRE(after.novelty->layers() == 2);
    for (const auto &[name, tensor] : before.tensors) {
        REQUIRE(std::memcmp(after.tensor(name).data(), tensor.data(), tensor.size_in_bytes()) == 0);
    }
    const nlohmann::json report =
        fsdnet_json({"calibrate", place.model, "--data", place.data, "--split", "train", "--holdout", "12",
                     "--seed", "3", "--output", place.folder / "some.safetensors"});
    REQUIRE(report["images"] == 12);
    REQUIRE(report["scores"] == 6);
    require_refusal({"calibrate", place.model, "--data", place.data, "--images", "7", "--output",
                     place.folder / "few.safetensors"},
                    3, "at least 8 images; found 7");
    require_refusal({"calibrate", place.model, "--data", place.data, "--output", place.model}, 2, "--output");
    REQUIRE_FALSE(fs::exists(place.folder / "few.safetensors"));
}

TEST_CASE("classify prints p-values and calls images unknown", "[command_line][novelty]") {
    const Workplace place;
    const nlohmann::json known = place.classify(place.fitted, {place.data, "--unknown", "0.1"}),
                         other = place.classify(place.fitted, {place.other, "--unknown", "0.1"});
    REQUIRE(other["unknown"] == 10);
    for (const nlohmann::json &image : other["images"]) {
        REQUIRE(image["p_value"] == Approx(1. / 21));
        REQUIRE(image["unknown"] == true);
    }
    REQUIRE(known["unknown"] < 5);
    REQUIRE(known["images"][0]["novelty"] < other["images"][0]["novelty"]);
    const Outcome table = fsdnet({"classify", "--model", place.fitted, place.other, "--unknown", "0.1"});
    REQUIRE_THAT(table.output, Contains("p-value") && Contains("0.0476    unknown; ") &&
                                   Contains("unknown: 10 of 10 images, p <= 0.1"));
    const nlohmann::json plain = place.classify(place.model, {place.data});
    REQUIRE_FALSE(plain["images"][0].contains("p_value"));
    require_refusal({"classify", "--model", place.model, place.data, "--unknown", "0.1"}, 4,
                    "fsdnet calibrate");
}

TEST_CASE("masks of files, colors and transparent pixels leave the same unobserved",
          "[command_line][masks]") {
    const Workplace place;
    // A digit whose right half was not observed, said in four ways.
    const cv::Mat digit = scan_of('3');
    std::vector<std::uint8_t> mask(784);
    cv::Mat gray_mask(28, 28, CV_8U), marked(28, 28, CV_8UC3), transparent(28, 28, CV_8UC4);
    for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
            const bool seen = x < 14;
            const auto ink = digit.at<std::uint8_t>(y, x);
            mask[static_cast<std::size_t>(y) * 28 + x] = seen ? 1 : 0;
            gray_mask.at<std::uint8_t>(y, x) = seen ? 255 : 0;
            marked.at<cv::Vec3b>(y, x) = seen ? cv::Vec3b(ink, ink, ink) : cv::Vec3b(7, 0, 255);
            transparent.at<cv::Vec4b>(y, x) = cv::Vec4b(ink, ink, ink, seen ? 255 : 0);
        }
    }
    const std::string image = place.draw("digit.png", digit),
                      array = place.write("mask.npy", npy("|u1", {28, 28}, mask));
    const auto one = [&](const std::vector<std::string> &arguments) {
        std::vector<std::string> all = {"--top", "10"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return posteriors(place.classify(place.model, all)["images"][0]);
    };
    const std::vector<double> expected = one({image, "--mask", array}), whole = one({image});
    double moved = 0;
    for (std::size_t i = 0; i < 10; i++) {
        moved += std::fabs(expected[i] - whole[i]);
    }
    REQUIRE(moved > 0.01);
    require_close(one({image, "--mask", place.draw("mask.png", gray_mask)}), expected);
    require_close(one({place.draw("marked.png", marked), "--mask-color", "255,0,7"}), expected);
    require_close(one({place.draw("transparent.png", transparent), "--alpha", "unobserved"}), expected);

    const auto refuse = [&](std::vector<std::string> arguments, int code, const std::string &sentence) {
        arguments.insert(arguments.begin(), {"classify", "--model", place.model});
        require_refusal(arguments, code, sentence);
    };
    refuse({image, "--mask-color", "red"}, 2, "--mask-color takes red,green,blue");
    refuse({image, "--mask-color", "1,2,256"}, 2, "--mask-color takes red,green,blue");
    refuse({image, "--mask", place.write("wrong.npy", npy("|u1", {28, 27}, std::vector<std::uint8_t>(756)))},
           3, "[28, 27]; expected the network's [28, 28], for one image");
    refuse({image, "--mask", array, "--explain", place.folder / "e.png"}, 2, "--explain");
    refuse({place.draw("large.png", cv::Mat(60, 60, CV_8U, cv::Scalar(200))), "--mask-color", "1,2,3"}, 3,
           "28x28 pixels");
    require_refusal({"classify", "--model", place.fitted, image, "--mask", array, "--unknown", "0.1"}, 2,
                    "--known DATA");
}

TEST_CASE("p-values under a mask are by images under the same mask", "[command_line][novelty][masks]") {
    const Workplace place;
    std::vector<std::uint8_t> left_half(784);
    for (std::size_t pixel = 0; pixel < left_half.size(); pixel++) {
        left_half[pixel] = pixel % 28 < 14;
    }
    const std::string mask = place.write("mask.npy", npy("|u1", {28, 28}, left_half)),
                      everything =
                          place.write("all.npy", npy("|u1", {28, 28}, std::vector<std::uint8_t>(784, 1))),
                      each = place.write("each.npy",
                                         npy("|u1", {40, 28, 28}, std::vector<std::uint8_t>(40 * 784)));
    const auto judged = [&](const std::string &images, std::vector<std::string> more) {
        more.insert(more.begin(), {images, "--unknown", "0.1", "--known", place.data});
        return place.classify(place.model, more);
    };
    // The digits of the fit again, and their negatives.
    const nlohmann::json known = judged(place.data, {"--mask", mask}),
                         other = judged(place.other, {"--mask", mask});
    CHECK(known["unknown"] < 5);
    CHECK(other["unknown"] == 10);
    // All pixels observed: the numbers that calibrate keeps in the model.
    const nlohmann::json whole = judged(place.data, {}), masked = judged(place.data, {"--mask", everything}),
                         stored = place.classify(place.fitted, {place.data});
    for (std::size_t i = 0; i < 40; i++) {
        const double p_value = stored["images"][i]["p_value"];
        CHECK(whole["images"][i]["p_value"] == Approx(p_value));
        CHECK(masked["images"][i]["p_value"] == Approx(p_value).margin(1. / 21 + 1e-6));
    }
    CHECK(known["images"][0]["novelty"] != whole["images"][0]["novelty"]);
    const auto refuse = [&](std::vector<std::string> arguments, int code, const std::string &sentence) {
        arguments.insert(arguments.begin(),
                         {"classify", "--model", place.model, place.data, "--known", place.data});
        require_refusal(arguments, code, sentence);
    };
    refuse({"--mask-color", "1,2,3"}, 2, "--known judges images");
    refuse({"--mask", each}, 3,
           "has the shape [40, 28, 28]; expected the network's [28, 28], one mask for all images");
}

TEST_CASE("explain writes a picture, and an array of what each pixel said", "[command_line][explanation]") {
    const Workplace place;
    const std::string array = place.folder / "nats.npy", picture = place.folder / "nats.png";
    place.classify(place.model, {place.data, "--explain", array, "--window", "7", "--stride", "7"});
    const std::string bytes = read_bytes(array);
    REQUIRE_THAT(npy_header_of(bytes), Contains("(40, 28, 28"));
    const std::vector<float> nats = npy_elements<float>(bytes);
    REQUIRE(nats[0] == nats[6]);  // of one square
    REQUIRE(std::all_of(nats.begin(), nats.end(), [](float number) { return std::isfinite(number); }));
    REQUIRE(std::any_of(nats.begin(), nats.end(), [](float number) { return number > 1e-4f; }));
    place.classify(place.model, {place.data, "--explain", picture, "--window", "7", "--stride", "7"});
    REQUIRE_FALSE(cv::imread(picture).empty());
    require_refusal({"classify", "--model", place.model, place.data, "--explain", place.folder / "nats.gif"},
                    2, ".npy");
    require_refusal({"classify", "--model", place.model, place.data, "--explain", array, "--stride", "9"}, 2,
                    "stride of 9");
}

TEST_CASE("evaluate tells other images and measures squares that are unobserved", "[command_line][novelty]") {
    const Workplace place;
    const std::string picture = place.folder / "roc.png";
    const nlohmann::json result =
        fsdnet_json({"evaluate", "--model", place.fitted, "--data", place.data, "--against", place.other,
                     "--roc", picture, "--unobserved", "8x6"});
    REQUIRE(result["against"]["images"] == 10);
    REQUIRE(result["against"]["auroc"]["novelty"] == 1);
    REQUIRE(result["against"]["levels"].size() == 2);
    REQUIRE(result["against"]["auroc"].contains("entropy of the posterior"));
    REQUIRE(result["unobserved"]["images"] == 40);
    REQUIRE(result["unobserved"]["rectangle"] == "8x6");
    REQUIRE_FALSE(cv::imread(picture).empty());
    const Outcome text = fsdnet({"evaluate", "--model", place.fitted, "--data", place.data, "--against",
                                 place.other, "--unobserved", "8x6"});
    REQUIRE_THAT(text.output, Contains("AUROC of novelty") && Contains("false alarms") &&
                                  Contains("with 8x6 pixels of each image unobserved"));
    const nlohmann::json without =
        fsdnet_json({"evaluate", "--model", place.model, "--data", place.data, "--against", place.other});
    REQUIRE_FALSE(without["against"]["auroc"].contains("novelty"));
    const std::vector<std::string> command = {"evaluate", "--model", place.model, "--data", place.data};
    const auto refuse = [&](const std::vector<std::string> &more, const std::string &sentence) {
        std::vector<std::string> all = command;
        all.insert(all.end(), more.begin(), more.end());
        require_refusal(all, 2, sentence);
    };
    refuse({"--unobserved", "29x1"}, "28x28");
    refuse({"--unobserved", "8"}, "--unobserved takes a rectangle");
    refuse({"--roc", picture}, "--against");
    refuse({"--against", place.other, "--roc", place.folder / "roc.gif"}, ".svg");
}
