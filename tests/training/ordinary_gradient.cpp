// The gradient of ordinary networks, and of those that mix their layers with KLD layers.
#include "tests/training/central_differences.h"
#include "tests/training/networks.h"
#include "toolkit/training/random.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

Model network(const Input &input, const std::vector<Layer> &layers, int classes = 3) {
    Model model;
    model.input = input;
    model.layers = layers;
    for (int c = 0; c < classes; c++) {
        model.classes.push_back(std::to_string(c));
    }
    return model;
}

void check_images(const Model &model, int batch) {
    check_gradient(model, noise(model.input, batch, static_cast<int>(model.classes.size()), 3));
}

// Draws networks: some layers on maps, then a linear end.
class Drawn {
public:
    explicit Drawn(std::uint64_t seed) : random_(seed, Stream::shift) {}

    Model model() {
        std::vector<Layer> layers;
        for (int block = 0, blocks = 1 + below(2); block < blocks; block++) {
            const std::string name = "block" + std::to_string(block);
            layers.push_back(linear_part(name));
            if (below(3) == 0) {
                layers.push_back(batch_norm_layer(name + "_norm"));
            }
            layers.push_back(response());
            if (below(2) == 0) {
                layers.push_back(pool(below(2) ? "average_pool" : "max_pool", 2, 1 + below(2)));
            }
        }
        layers.push_back(linear_layer("last", 3));
        layers.push_back(plain("log_softmax"));
        Input input = real_input(7, 6, 1 + 2 * below(2));
        input.scale = {0.02};
        input.offset = {-1.5};
        return network(input, layers);
    }

private:
    int below(int bound) { return static_cast<int>(random_.below(bound, counter_++)); }

    Layer linear_part(const std::string &name) {
        switch (below(3)) {
        case 0:
            return locally_connected_layer(name, 2, 3);
        case 1:
            return conv_layer(name, 3, 4, 1 + below(2), 1);
        default:
            return conv_layer(name, 2, 4);
        }
    }

    Layer response() {
        switch (below(4)) {
        case 0:
            return plain("relu");
        case 1:
            return plain("sigmoid");
        case 2:
            return plain("erf");
        default:
            return quadratic_layer(-0.3);
        }
    }

    const Random random_;
    std::uint64_t counter_ = 0;
};

}  // namespace

TEST_CASE("the gradient of convolutions with relu and max_pool is that of the loss", "[training]") {
    check_images(network(real_input(9, 8, 1),
                         {conv_layer("a", 3, 5), plain("relu"), pool("max_pool", 2, 2), conv_layer("b", 2, 4),
                          plain("relu"), linear_layer("c", 3), plain("log_softmax")}),
                 4);
}

TEST_CASE("the gradient of grouped and depthwise convolutions is that of the loss", "[training]") {
    check_images(network(real_input(7, 6, 3),
                         {conv_layer("a", 3, 6, 2, 1, 3), plain("erf"), conv_layer("b", 2, 4, 1, 0, 2),
                          plain("sigmoid"), linear_layer("c", 3), plain("log_softmax")}),
                 3);
}

TEST_CASE("the gradient of locally connected layers is that of the loss", "[training]") {
    check_images(network(real_input(6, 5, 2),
                         {locally_connected_layer("a", 3, 3), quadratic_layer(0.4),
                          locally_connected_layer("b", 2, 2), linear_layer("c", 3), plain("log_softmax")}),
                 3);
}

TEST_CASE("the gradient of batch normalization is that of the loss", "[training]") {
    check_images(network(real_input(6, 5, 1),
                         {conv_layer("a", 3, 4), batch_norm_layer("n"), plain("relu"),
                          pool("average_pool", 2, 2), linear_layer("c", 3), plain("log_softmax")}),
                 6);
    check_images(network(real_input(6, 5, 2), {batch_norm_layer("first"), conv_layer("a", 3, 4),
                                               plain("sigmoid"), linear_layer("c", 3), plain("log_softmax")}),
                 6);
}

TEST_CASE("the gradient of networks of both worlds is that of the loss", "[training]") {
    const Input image = {7, 6, 1};
    check_images(
        network(image, {conv("a", 3, 2, 3), plain("normalize"), conv_layer("b", 2, 4), plain("sigmoid"),
                        linear_layer("c", 4), plain("softmax"), linear("d", 1, 3), plain("log_normalize")}),
        4);
    check_images(network(image, {conv("a", 3, 2, 3), batch_norm_layer("n"), plain("relu"),
                                 linear_layer("c", 3), plain("log_softmax")}),
                 6);
    check_images(network(image, {conv_layer("a", 3, 4), plain("softmax"), pool("marginal_pool", 2, 2),
                                 linear("d", 1, 3), plain("log_normalize")}),
                 4);
}

TEST_CASE("the gradient of a regression of vectors is that of the loss", "[training]") {
    Model model = network(vector_input(5), {linear_layer("a", 7), plain("erf"), linear_layer("b", 2)}, 0);
    model.input.scale = {0.5, 1, 1, 1, 2};
    check_gradient(model, numeric_noise(model.input, 6, 3, 2, 3));
}

TEST_CASE("the gradient of a regression of classes is that of the loss", "[training]") {
    const Model model =
        network(vector_input(5), {linear_layer("a", 7), plain("relu"), linear_layer("b", 3)}, 0);
    check_gradient(model, numeric_noise(model.input, 6, 3, 0, 3));
}

TEST_CASE("the gradient of random ordinary networks is that of the loss", "[training]") {
    for (std::uint64_t seed = 0; seed < 20; seed++) {
        INFO("seed " << seed);
        const Model model = Drawn(seed).model();
        check_images(model, 3);
    }
}

TEST_CASE("the gradient of the H-score is that of the loss for an ordinary network", "[training]") {
    const Model model =
        network(vector_input(5), {linear_layer("a", 6), plain("erf"), linear_layer("features", 2),
                                  linear_layer("classes", 3), plain("log_softmax")});
    check_gradient(model, numeric_noise(model.input, 9, 3, 0, 3), "h_score");
}
