// Descriptions and synthetic data.
#include "tests/training/networks.h"

#include "toolkit/training/random.h"

namespace fsd::testing {
namespace {

Dataset empty_dataset(const Input &input, int images, int classes) {
    Dataset dataset;
    dataset.images = make_tensor<std::uint8_t>({images, input.height, input.width, input.colors});
    dataset.source = "synthetic images";
    for (int c = 0; c < classes; c++) {
        dataset.classes.push_back(std::to_string(c));
    }
    return dataset;
}

}  // namespace

Model tiny_network(const std::string &pooling) {
    Model model;
    model.input = {9, 8, 1};
    model.layers = {conv("first", 3, 2, 3), plain("normalize")};
    if (!pooling.empty()) {
        model.layers.push_back(pool(pooling, 3, 2));
    }
    model.layers.insert(model.layers.end(), {linear("last", 1, 3), plain("log_normalize")});
    model.classes = {"0", "1", "2"};
    return model;
}

Dataset noise(const Input &input, int images, int classes, std::uint64_t seed) {
    Dataset dataset = empty_dataset(input, images, classes);
    const Random random(seed, Stream::parameters);
    auto *pixels = static_cast<std::uint8_t *>(dataset.images.data());
    for (std::size_t i = 0; i < dataset.images.number_of_elements(); i++) {
        pixels[i] = static_cast<std::uint8_t>(random.below(256, i));
    }
    for (int i = 0; i < images; i++) {
        dataset.labels.push_back(static_cast<int>(random.below(classes, 1000000 + i)));
    }
    return dataset;
}

Dataset bars(int images, std::uint64_t seed) {
    Dataset dataset = noise({8, 8, 1}, images, 3, seed);
    auto *pixels = static_cast<std::uint8_t *>(dataset.images.data());
    for (int i = 0; i < images; i++) {
        for (int pixel = 0; pixel < 64; pixel++) {
            const bool bright = pixel % 8 / 2 == dataset.labels[i];
            pixels[i * 64 + pixel] =
                static_cast<std::uint8_t>((bright ? 200 : 0) + pixels[i * 64 + pixel] % 50);
        }
    }
    return dataset;
}

Model bar_network() {
    Model model;
    model.input = {8, 8, 1};
    model.layers = {conv("first", 3, 1, 4), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    return model;
}

}  // namespace fsd::testing
