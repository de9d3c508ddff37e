// Preprocessing of the real MNIST test images, where they are at hand.
#include "tests/images/photos.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/images/digit.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("MNIST's test images pass unchanged, and their negatives inverted", "[digit]") {
    const char *named = std::getenv("FSDNET_DATA");
    const std::string folder = std::string(named ? named : FSDNET_DEFAULT_DATA) + "/mnist";
    if (!std::filesystem::is_directory(folder)) {
        WARN("Skipped: there is no MNIST data in " << folder << " ($FSDNET_DATA names another folder).");
        return;
    }
    const Dataset data = load_dataset(folder, Split::test);
    auto *pixels = static_cast<std::uint8_t *>(const_cast<void *>(data.images.data()));
    int changed = 0;
    for (std::size_t i = 0; i < data.labels.size(); i += 10) {
        const cv::Mat image(28, 28, CV_8U, pixels + 784 * i);
        changed += difference(prepare_digit(image, 28, "MNIST"), image) != 0 ? 1 : 0;
        changed += difference(prepare_digit(255 - image, 28, "MNIST"), image) != 0 ? 1 : 0;
    }
    CHECK(changed == 0);
}
