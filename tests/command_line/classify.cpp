// `fsdnet classify` on photos, folders, IDX files and sheets.
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/images/photos.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

// A folder with the template model and what the tests draw.
struct Workplace {
    TemporaryFolder folder;
    std::string model = folder / "digits.safetensors";

    Workplace() { save_model(template_model(), model); }

    std::string draw(const std::string &name, const cv::Mat &image) const {
        fs::create_directories(fs::path(folder / name).parent_path());
        REQUIRE(cv::imwrite(folder / name, image));
        return folder / name;
    }

    nlohmann::json classify(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"classify", "--model", model});
        return fsdnet_json(arguments);
    }

    void refuse(std::vector<std::string> arguments, int code, const std::string &expected) const {
        arguments.insert(arguments.begin(), {"classify", "--model", model});
        require_refusal(arguments, code, expected);
    }
};

std::vector<cv::Mat> scans() {
    std::vector<cv::Mat> images;
    for (char digit = '0'; digit <= '9'; digit++) {
        images.push_back(scan_of(digit));
    }
    return images;
}

}  // namespace

TEST_CASE("photos in any color and their negatives get the same class", "[classify]") {
    Workplace place;
    PhotoStyle pen;
    pen.ink = {150, 60, 30};
    pen.paper = {200, 225, 235};
    pen.shadow = 0.3;
    for (char digit = '0'; digit <= '9'; digit++) {
        const cv::Mat photo = photo_of(digit, pen);
        const std::string name(1, digit);
        place.draw("photos/" + name + ".png", photo);
        place.draw("photos/" + name + "n.png", cv::Scalar(255, 255, 255) - photo);
    }
    const nlohmann::json result = place.classify({place.folder / "photos", "--top", "10"});
    REQUIRE(result["images"].size() == 20);
    CHECK_FALSE(result.contains("accuracy"));
    for (std::size_t i = 0; i < 20; i++) {
        const nlohmann::json &image = result["images"][i];
        INFO(image["file"]);
        CHECK(image["class"] == std::to_string(i / 2));
        double sum = 0, entropy = 0;
        for (const nlohmann::json &ranked : image["top"]) {
            const double p = ranked["posterior"];
            sum += p;
            entropy -= p > 0 ? p * std::log2(p) : 0;
        }
        CHECK(sum == Approx(1).epsilon(1e-5));
        CHECK(image["entropy_bits"].get<double>() == Approx(entropy).margin(1e-5));
        CHECK(image["posterior"] == image["top"][0]["posterior"]);
    }
}

TEST_CASE("folders that bear the names of classes give labels and an accuracy", "[classify]") {
    Workplace place;
    place.draw("by_class/3/a.png", scan_of('3'));
    place.draw("by_class/4/b.png", scan_of('4'));
    place.draw("by_class/5/wrong.png", scan_of('6'));
    place.draw("by_class/other/c.png", scan_of('7'));
    const nlohmann::json result = place.classify({place.folder / "by_class"});
    CHECK(result["labeled"] == 3);
    CHECK(result["accuracy"].get<double>() == Approx(2.0 / 3));
    CHECK(result["images"][2]["label"] == "5");
    CHECK(result["images"][2]["class"] == "6");
    const Outcome table = fsdnet({"classify", "--model", place.model, place.folder / "by_class"});
    CHECK_THAT(table.output, Catch::Contains("wrong: it is 5") && Catch::Contains("66.67 %"));
}

TEST_CASE("IDX files are classified with and without labels", "[classify]") {
    Workplace place;
    write_idx(place.folder / "unknown", scans(), {});
    write_idx(place.folder / "known", scans(), {0, 1, 2, 3, 4, 5, 6, 7, 8, 8});
    const nlohmann::json unknown = place.classify({place.folder / "unknown-images-idx3-ubyte"});
    REQUIRE(unknown["images"].size() == 10);
    CHECK(unknown["labeled"] == 0);
    CHECK(unknown["images"][7]["class"] == "7");
    const nlohmann::json known = place.classify({place.folder / "known-images-idx3-ubyte"});
    CHECK(known["accuracy"].get<double>() == Approx(0.9));
}

TEST_CASE("sheets are cut into cells", "[classify]") {
    Workplace place;
    cv::Mat sheet(2 * 28, 5 * 28, CV_8U, cv::Scalar(0));
    const std::vector<cv::Mat> digits = scans();
    for (int i = 0; i < 10; i++) {
        digits[i].copyTo(sheet(cv::Rect(i % 5 * 28, i / 5 * 28, 28, 28)));
    }
    const nlohmann::json result = place.classify({place.draw("sheet.png", sheet), "--sheet", "28x28"});
    REQUIRE(result["images"].size() == 10);
    for (int i = 0; i < 10; i++) {
        CHECK(result["images"][i]["class"] == std::to_string(i));
    }
    place.refuse({place.folder / "sheet.png", "--sheet", "27x28"}, 3, "whole number of cells");
    place.refuse({place.folder / "sheet.png", "--sheet", "28"}, 2, "--sheet");
    place.refuse({place.folder / "sheet.png", "--sheet", "28x28x28"}, 2, "--sheet");
}

TEST_CASE("the picture shows every image, and a sample of many", "[classify]") {
    Workplace place;
    write_idx(place.folder / "ten", scans(), {});
    std::vector<cv::Mat> many;
    for (int i = 0; i < 100; i++) {
        many.push_back(scan_of(static_cast<char>('0' + i % 10)));
    }
    write_idx(place.folder / "many", many, {});
    const std::string picture = place.folder / "picture.png";
    CHECK(place.classify({place.folder / "ten-images-idx3-ubyte", "--picture", picture})["images"].size() ==
          10);
    const cv::Mat ten = cv::imread(picture);
    place.classify({place.folder / "many-images-idx3-ubyte", "--picture", picture});
    const cv::Mat thirty = cv::imread(picture);
    REQUIRE(ten.cols > 600);
    CHECK(thirty.cols == ten.cols);
    CHECK(thirty.rows > 2 * ten.rows);
    cv::Scalar mean, deviation;
    cv::meanStdDev(ten, mean, deviation);
    CHECK(deviation[0] > 20);  // not blank
}

TEST_CASE("files that cannot be used are noted and passed over", "[classify]") {
    Workplace place;
    place.draw("mixed/3.png", scan_of('3'));
    place.draw("mixed/blank.png", cv::Mat(40, 40, CV_8U, cv::Scalar(255)));
    write_bytes(place.folder / "mixed/broken.png", "not a picture");
    write_bytes(place.folder / "mixed/notes.txt", "no image, and not named like one");
    const nlohmann::json result = place.classify({place.folder / "mixed"});
    CHECK(result["images"].size() == 1);
    REQUIRE(result["skipped"].size() == 2);
    CHECK_THAT(result["skipped"][0]["reason"].get<std::string>(), Catch::Contains("blank"));
    CHECK_THAT(result["skipped"][1]["file"].get<std::string>(), Catch::Contains("broken.png"));
}

TEST_CASE("photos of any proportions are classified or refused, and drawn", "[classify]") {
    Workplace place;
    const std::string digit = place.draw("3.png", scan_of('3'));
    cv::Mat line(1, 5000, CV_8U, cv::Scalar(255)), column(5000, 1, CV_8U, cv::Scalar(0));
    line.colRange(100, 2000) = 0;
    column.rowRange(3000, 3001) = 255;
    cv::Mat large;
    cv::resize(scan_of('3'), large, {}, 100, 100, cv::INTER_NEAREST);
    const nlohmann::json result =
        place.classify({digit, place.draw("line.png", line), place.draw("column.png", column),
                        place.draw("pixel.png", cv::Mat(1, 1, CV_8U, cv::Scalar(7))),
                        place.draw("large.png", large), "--picture", place.folder / "picture.png"});
    CHECK(result["images"].size() + result["skipped"].size() == 5);
    CHECK(result["images"].front()["class"] == "3");
    CHECK(result["images"].back()["class"] == "3");
    CHECK_FALSE(cv::imread(place.folder / "picture.png").empty());
}

TEST_CASE("classify refuses what it cannot use", "[classify]") {
    Workplace place;
    const std::string good = place.draw("good.png", scan_of('3'));
    fs::create_directories(place.folder / "empty");
    write_bytes(place.folder / "broken.png", "not a picture");
    write_bytes(place.folder / "short-images-idx3-ubyte", std::string("\0\0\x08\x03\0\0\0\x09", 8));
    place.refuse({place.folder / "missing.png"}, 3, "missing.png");
    place.refuse({place.folder / "broken.png"}, 3, "broken.png");
    place.refuse({place.folder / "broken.png", place.folder / "missing.png"}, 3, "None of the 2 files");
    place.refuse({place.folder / "empty"}, 3, "no image files");
    place.refuse({place.folder / "short-images-idx3-ubyte"}, 3, "short-images");
    place.refuse({good, "--picture", place.folder / "none/picture.png"}, 3, "cannot be written");
    place.refuse({good, "--top", "none"}, 2, "--top");
    require_refusal({"classify", "--model", place.folder / "none.safetensors", good}, 3, "none.safetensors");
    require_refusal({"classify", "--model", good, good}, 3, "good.png");
    CHECK_FALSE(fs::exists(place.folder / "picture.png"));
}

TEST_CASE("without --model the network that comes with the program is used, where there is one",
          "[classify]") {
    Workplace place;
    const std::string image = place.draw("seven.png", scan_of('7'));
    if (fs::exists(FSDNET_MODELS "/mnist.safetensors")) {
        const nlohmann::json result = fsdnet_json({"classify", image});
        CHECK(result["images"][0]["top"].size() == 3);
    } else {
        require_refusal({"classify", image}, 2, "--model");
    }
}
