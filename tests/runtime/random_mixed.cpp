// Draws networks that mix FSD and ordinary layers.
#include "runtime/models/activations.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <algorithm>

namespace fsd::testing {
namespace {

class Draw {
public:
    explicit Draw(unsigned seed) : random_(seed) {}

    Model model() {
        draw_input();
        for (int i = number(1, 3); i > 0; i--) {
            draw_stage();
        }
        draw_end();
        return model_;
    }

private:
    int number(int least, int most) {
        return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
    }
    bool chance(int of) { return number(1, of) == 1; }
    template<typename T>
    T one_of(const std::vector<T> &list) {
        return list[random_() % list.size()];
    }

    ActivationType now() const { return activations(model_).back(); }
    std::string name() { return "layer" + std::to_string(model_.layers.size()); }
    void add(const Layer &layer) { model_.layers.push_back(layer); }

    void draw_input() {
        Input &input = model_.input;
        input = {number(6, 12), number(6, 12), chance(2) ? 1 : 3};
        input.kind =
            one_of<InputKind>({InputKind::bernoulli, InputKind::real, InputKind::real, InputKind::vector});
        if (input.kind == InputKind::vector) {
            input.height = input.width = 1;
            input.colors = number(1, 40);
        }
        if (input.kind != InputKind::bernoulli && chance(2)) {
            input.scale = {0.5 / (input.kind == InputKind::real ? 64 : 1)};
            input.offset = std::vector<double>(chance(2) ? 1 : input.colors, -0.25);
        }
    }

    void draw_stage() {
        draw_affine(now());
        if (now().kind == ActivationKind::real && chance(2)) {
            add(named("batch_norm", name()));
        }
        draw_response(now().kind);
        if (now().shape[0] > 1 && now().shape[1] > 1 && chance(2)) {
            draw_pool(now().kind);
        }
    }

    void draw_affine(const ActivationType &input) {
        const int reach = std::min({3, input.shape[0], input.shape[1]});
        const int window = number(1, reach), stride = number(1, 2), padding = number(0, window - 1);
        const int channels = number(1, 19);
        if (input.kind == ActivationKind::probability && chance(2)) {
            add(conv(name(), window, number(1, 2), number(2, 12), stride, padding));
        } else if (chance(5)) {
            add(real_linear(name(), channels));
        } else if (chance(4)) {
            add(locally_connected(name(), window, channels, stride, padding));
        } else if (chance(3)) {
            const int groups = one_of(divisors(input.channels()));
            add(real_conv(name(), window, groups * number(1, 3), stride, padding, groups));
        } else {
            add(real_conv(name(), window, channels, stride, padding));
        }
    }

    static std::vector<int> divisors(int count) {
        std::vector<int> all;
        for (int divisor = 1; divisor <= count; divisor++) {
            if (count % divisor == 0) {
                all.push_back(divisor);
            }
        }
        return all;
    }

    void draw_response(ActivationKind kind) {
        std::vector<std::string> responses = {"relu", "relu",      "sigmoid",
                                              "erf",  "normalize", "hard_normalize"};
        if (kind == ActivationKind::real) {
            responses.insert(responses.end(), {"quadratic", "softmax", ""});
        }
        const std::string op = one_of(responses);
        if (op == "quadratic") {
            add(quadratic(0.125 * number(-4, 4)));
        } else if (!op.empty()) {
            add(plain(op));
        }
    }

    void draw_pool(ActivationKind kind) {
        std::vector<std::string> pools = {"max_pool", "average_pool"};
        if (kind == ActivationKind::probability) {
            pools.push_back("marginal_pool");
        }
        Layer layer = pool(one_of(pools), number(1, 3), number(1, 3));
        if (chance(4)) {  // of the whole map
            layer.attributes["pool_window_y"] = layer.attributes["pool_stride_y"] = now().shape[0];
            layer.attributes["pool_window_x"] = layer.attributes["pool_stride_x"] = now().shape[1];
        }
        add(layer);
    }

    void draw_end() {
        const int outputs = number(2, 11);
        if (now().kind == ActivationKind::probability && chance(2)) {
            add(linear(name(), 1, outputs));
            add(plain("log_normalize"));
            return;
        }
        add(real_linear(name(), outputs));
        if (chance(3)) {
            return;
        }
        add(plain(one_of<std::string>({"log_softmax", "log_normalize", "log_hard_normalize"})));
    }

    std::mt19937 random_;
    Model model_;
};

}  // namespace

Model random_mixed_model(unsigned seed) {
    return with_parameters(Draw(seed).model(), seed);
}

Tensor random_numbers(const Model &model, int samples, unsigned seed) {
    const auto &[height, width, colors] = model.input.extents();
    Tensor numbers = make_tensor<float>({samples, height, width, colors});
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> probability(0, 1);
    std::normal_distribution<float> normal;
    auto *first = static_cast<float *>(numbers.data());
    std::generate(first, first + numbers.number_of_elements(), [&] {
        return model.input.kind == InputKind::bernoulli ? probability(random) : normal(random);
    });
    return numbers;
}

}  // namespace fsd::testing
