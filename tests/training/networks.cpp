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

Layer conv_layer(const std::string &name, int window, int channels, int stride, int padding, int groups) {
    return {"conv",
            name,
            {{"window_y", window},
             {"window_x", window},
             {"stride_y", stride},
             {"stride_x", stride},
             {"padding_y", padding},
             {"padding_x", padding},
             {"channels", channels},
             {"groups", groups}}};
}

Layer linear_layer(const std::string &name, int channels) {
    return {"linear", name, {{"channels", channels}}};
}

Layer locally_connected_layer(const std::string &name, int window, int channels) {
    Layer layer = conv_layer(name, window, channels);
    layer.op = "locally_connected";
    layer.attributes.erase("groups");
    return layer;
}

Layer batch_norm_layer(const std::string &name) {
    return {"batch_norm", name, {}};
}

Layer quadratic_layer(double alpha) {
    return {"quadratic", "", {}, {{"alpha", alpha}}};
}

Input real_input(int height, int width, int colors) {
    Input input;
    input.height = height;
    input.width = width;
    input.colors = colors;
    input.kind = InputKind::real;
    return input;
}

Input vector_input(int size) {
    Input input = real_input(1, 1, size);
    input.kind = InputKind::vector;
    return input;
}

Model normalized_bar_network() {
    Model model;
    model.input = real_input(8, 8, 1);
    model.layers = {conv_layer("first", 3, 4, 2), batch_norm_layer("second"), linear_layer("last", 3)};
    Layer end;
    end.op = "log_softmax";
    model.layers.push_back(end);
    return model;
}

Dataset numeric_noise(const Input &input, int samples, int classes, int targets, std::uint64_t seed) {
    Dataset dataset = noise(input, samples, classes, seed);
    dataset.images = {};
    dataset.features = make_tensor<float>({samples, input.height, input.width, input.colors});
    const Random random(seed, Stream::warp);
    const auto fill = [&](Tensor &tensor, std::uint64_t first) {
        for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
            static_cast<float *>(tensor.data())[i] = static_cast<float>(random.symmetric(first + i));
        }
    };
    fill(dataset.features, 0);
    if (targets > 0) {
        dataset.targets = make_tensor<float>({samples, targets});
        fill(dataset.targets, 1000000);
        dataset.labels.clear();
        dataset.classes.clear();
    }
    return dataset;
}

}  // namespace fsd::testing
