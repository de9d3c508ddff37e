// Turns pixels into distributions and files.
#include "tests/command_line/digits.h"

#include "tests/images/photos.h"
#include "tests/runtime/models.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace fsd::testing {
namespace {

Model digits_model(const std::vector<Layer> &layers) {
    Model model;
    model.input = {28, 28, 1};
    model.layers = layers;
    model.preprocessing.kind = "digit";
    for (char digit = '0'; digit <= '9'; digit++) {
        model.classes.emplace_back(1, digit);
    }
    return with_parameters(model, 3);
}

std::string big_endian(std::size_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> shift & 0xff);
    }
    return bytes;
}

}  // namespace

Model template_model() {
    Model model = digits_model({linear("digits", 1, 10), plain("log_normalize")});
    auto *filters =
        static_cast<float *>(model.tensors.at("digits.log_likelihood").data());  // [y, x, 1, state, class]
    for (int digit = 0; digit < 10; digit++) {
        const cv::Mat scan = scan_of(static_cast<char>('0' + digit));
        for (int pixel = 0; pixel < 28 * 28; pixel++) {
            const double ink = std::clamp(scan.at<uchar>(pixel / 28, pixel % 28) / 255.0, 0.05, 0.95);
            filters[(2 * pixel + 0) * 10 + digit] = static_cast<float>(std::log(1 - ink));
            filters[(2 * pixel + 1) * 10 + digit] = static_cast<float>(std::log(ink));
        }
        static_cast<float *>(model.tensors.at("digits.log_prior").data())[digit] = -std::log(10.f);
    }
    static_cast<float *>(model.tensors.at("digits.observations").data())[0] = 0.05f;
    return model;
}

Model drawn_model() {
    return digits_model({conv("first", 5, 1, 6), plain("normalize"), pool("marginal_pool", 2, 2),
                         linear("last", 1, 10), plain("log_normalize")});
}

void write_idx(const std::string &stem, const std::vector<cv::Mat> &images, const std::vector<int> &labels) {
    std::string pixels = big_endian(0x803) + big_endian(images.size()) + big_endian(28) + big_endian(28);
    for (const cv::Mat &image : images) {
        pixels.append(reinterpret_cast<const char *>(image.data), 28 * 28);
    }
    write_bytes(stem + "-images-idx3-ubyte", pixels);
    if (!labels.empty()) {
        write_bytes(stem + "-labels-idx1-ubyte", big_endian(0x801) + big_endian(labels.size()) +
                                                     std::string(labels.begin(), labels.end()));
    }
}

void write_digits(const std::string &folder, const std::vector<std::string> &parts) {
    std::vector<cv::Mat> images;
    std::vector<int> labels;
    for (int i = 0; i < 20; i++) {
        images.push_back(scan_of(static_cast<char>('0' + i % 10)));
        labels.push_back(i % 10);
    }
    std::filesystem::create_directories(folder);
    for (const std::string &part : parts) {
        write_idx((std::filesystem::path(folder) / part).string(), images, labels);
    }
}

}  // namespace fsd::testing
