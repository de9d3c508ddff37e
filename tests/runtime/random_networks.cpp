// Draws layers of every kind.
#include "tests/runtime/random_networks.h"

#include "tests/runtime/models.h"

namespace fsd::testing {
namespace {

int draw(std::mt19937 &random, int least, int most) {
    return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
}

template<typename List>
std::string one_of(std::mt19937 &random, const List &list) {
    return list[random() % list.size()];
}

}  // namespace

Tensor random_images(const Model &model, int samples, unsigned seed) {
    Tensor images =
        make_tensor<uint8_t>({samples, model.input.height, model.input.width, model.input.colors});
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        // A third of the pixels each black, white and gray, as in drawings.
        const unsigned kind = random() % 3;
        static_cast<uint8_t *>(images.data())[i] = static_cast<uint8_t>(kind == 0   ? 0
                                                                        : kind == 1 ? 255
                                                                                    : random());
    }
    return images;
}

Model random_model(unsigned seed) {
    const std::vector<std::string> normalizations = {"normalize", "normalize", "hard_normalize", "relu",
                                                     "sigmoid"};
    const std::vector<std::string> pools = {"marginal_pool", "max_pool", "renormalized_max_pool"};
    std::mt19937 random(seed);
    Model model;
    model.input = {draw(random, 7, 14), draw(random, 7, 14), random() % 2 ? 1 : 3};
    for (int i = draw(random, 0, 2); i > 0; i--) {
        const int window = draw(random, 1, 3);
        Layer layer = conv("conv" + std::to_string(i), window, draw(random, 1, 3), draw(random, 2, 17),
                           draw(random, 1, 2), draw(random, 0, window - 1));
        model.layers.push_back(layer);
        model.layers.push_back(plain(one_of(random, normalizations)));
        if (random() % 2) {
            std::string op = one_of(random, pools);
            const bool may_vanish = model.layers.back().op == "relu" || model.layers.back().op == "sigmoid";
            if (may_vanish && op == "renormalized_max_pool") {
                op = "max_pool";
            }
            model.layers.push_back(pool(op, draw(random, 1, 3), draw(random, 1, 3)));
        }
    }
    const int classes = draw(random, 2, 11);
    if (random() % 4) {
        model.layers.push_back(linear("last", 1, classes));
        model.layers.push_back(plain(random() % 4 ? "log_normalize" : "log_hard_normalize"));
    } else {
        model.layers.push_back(conv("last", 1, 1, classes));
        model.layers.push_back(plain("log_normalize"));
        model.layers.push_back(pool("log_marginal_pool", 14, 14));
    }
    return with_parameters(model, seed);
}

std::string describe(const Model &model) {
    std::string out = "seed ";
    for (const Shape &shape : activation_shapes(model)) {
        out += " " + to_string(shape);
    }
    for (const Layer &layer : model.layers) {
        out += " " + layer.op;
    }
    return out;
}

}  // namespace fsd::testing
