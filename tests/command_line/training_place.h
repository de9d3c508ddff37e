// What the tests of `fsdnet train` train on: small images by class, a network for them, and room for the
// results.
#pragma once

#include "tests/runtime/models.h"
#include "tests/temporary_folder.h"
#include "tests/training/networks.h"

#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace fsd::testing {

inline const char *const bars_description =
    R"({"input": {"height": 8, "width": 8, "colors": 1}, "layers": [
        {"op": "kld_conv", "name": "first", "window_y": 3, "window_x": 3, "stride_y": 1, "stride_x": 1,
         "padding_y": 0, "padding_x": 0, "groups": 1, "states": 4},
        {"op": "normalize"},
        {"op": "marginal_pool", "pool_window_y": 2, "pool_window_x": 2, "pool_stride_y": 2, "pool_stride_x": 2},
        {"op": "kld_linear", "name": "last", "groups": 1, "states": 3},
        {"op": "log_normalize"}]})";

// Writes `dataset` as <folder>/<split>/<class>/<number>.png.
inline void write_images(const Dataset &dataset, const std::string &folder) {
    auto *pixels = static_cast<std::uint8_t *>(const_cast<void *>(dataset.images.data()));
    for (std::size_t i = 0; i < dataset.labels.size(); i++) {
        const std::string directory = folder + "/" + dataset.classes[dataset.labels[i]];
        std::filesystem::create_directories(directory);
        cv::imwrite(directory + "/" + std::to_string(i) + ".png", cv::Mat(8, 8, CV_8UC1, pixels + 64 * i));
    }
}

// A folder with images, a description and room for the results.
class TrainingPlace {
public:
    TrainingPlace() {
        write_images(bars(240, 1), folder_ / "data/train");
        write_images(bars(60, 2), folder_ / "data/test");
        write_bytes(folder_ / "network.json", bars_description);
    }

    std::string operator/(const std::string &name) const { return folder_ / name; }

    std::vector<std::string> command(const std::string &output,
                                     const std::vector<std::string> &more = {}) const {
        std::vector<std::string> arguments = {"train",
                                              "--data",
                                              folder_ / "data",
                                              "--description",
                                              folder_ / "network.json",
                                              "--output",
                                              folder_ / output,
                                              "--batch",
                                              "20"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }

private:
    TemporaryFolder folder_;
};

}  // namespace fsd::testing
