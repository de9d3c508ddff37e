// Draws models.
#include "tests/runtime/models.h"

#include "runtime/models/activations.h"
#include "runtime/models/model_check.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

namespace fsd::testing {
namespace {

using Random = std::mt19937;

// Fills [position, state, output] with distributions over the states.
void draw_distributions(float *numbers, std::size_t positions, std::size_t states, std::size_t outputs,
                        Random &random) {
    std::normal_distribution<double> normal;
    std::vector<double> logits(states);
    for (std::size_t i = 0; i < positions * outputs; i++) {
        float *first = numbers + i / outputs * states * outputs + i % outputs;
        double mass = 0;
        for (double &logit : logits) {
            logit = 1.5 * normal(random);
            mass += std::exp(logit);
        }
        for (std::size_t s = 0; s < states; s++) {
            first[s * outputs] = static_cast<float>(logits[s] - std::log(mass));
        }
    }
}

std::string role_of(const ExpectedTensor &wanted) {
    return wanted.name.substr(wanted.name.rfind('.') + 1);
}

// Normal numbers times `deviation` plus `mean`.
void draw_numbers(Tensor &tensor, double mean, double deviation, Random &random) {
    std::normal_distribution<double> normal;
    auto *numbers = static_cast<float *>(tensor.data());
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        numbers[i] = static_cast<float>(mean + deviation * normal(random));
    }
}

// About as many inputs as keep the size of an activation: 1 / sqrt(inputs) with a third more.
double deviation_of_weights(const Shape &shape) {
    double inputs = 1;
    for (std::size_t i = shape.size() > 4 ? 2 : 0; i + 1 < shape.size(); i++) {
        inputs *= shape[i];
    }
    return 1.3 / std::sqrt(inputs);
}

Tensor draw_tensor(const ExpectedTensor &wanted, Random &random) {
    Tensor tensor = make_tensor<float>(wanted.shape);
    auto *numbers = static_cast<float *>(tensor.data());
    const Shape &shape = wanted.shape;
    const std::string role = role_of(wanted);
    if (role == "log_likelihood") {
        draw_distributions(numbers, static_cast<std::size_t>(shape[0]) * shape[1] * shape[2], shape[3],
                           shape[4], random);
    } else if (role == "log_prior") {
        draw_distributions(numbers, shape[0], shape[1], 1, random);
    } else if (role == "weight") {
        draw_numbers(tensor, 0, deviation_of_weights(shape), random);
    } else if (role == "observations" || role == "variance" || role == "scale") {
        draw_numbers(tensor, 0, 0.3, random);
        std::transform(numbers, numbers + tensor.number_of_elements(), numbers,
                       [](float number) { return std::exp(number); });
    } else {
        draw_numbers(tensor, 0, 0.5, random);
    }
    return tensor;
}

}  // namespace

Model with_parameters(Model model, unsigned seed) {
    const ActivationType end = activations(model).back();
    for (int i = 0; model.classes.size() < static_cast<std::size_t>(end.shape.back()) &&
                    end.kind == ActivationKind::log_probability;
         i++) {
        model.classes.push_back("class " + std::to_string(i));
    }
    Random random(seed);
    for (const ExpectedTensor &wanted : expected_tensors(model)) {
        model.tensors[wanted.name] = draw_tensor(wanted, random);
    }
    return model;
}

Model small_model() {
    Model model;
    model.input = {6, 5, 1};
    model.layers = {conv("first", 3, 2, 4), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    model.classes = {"zero", "one", "two"};
    model.notes = {{"origin", "drawn at random"}};
    return with_parameters(model, 7);
}

Model fitted_model() {
    Model model = small_model();
    Novelty novelty{make_tensor<float>({3, 2}), make_tensor<float>({3, 2, 2}), make_tensor<float>({4})};
    for (int label = 0; label < 3; label++) {
        for (int layer = 0; layer < 2; layer++) {
            static_cast<float *>(novelty.precision.data())[4 * label + 3 * layer] = 1;
        }
    }
    for (int i = 0; i < 4; i++) {
        static_cast<float *>(novelty.scores.data())[i] = static_cast<float>(i + 1);
    }
    model.novelty = novelty;
    return model;
}

Model small_ordinary_model() {
    Model model;
    model.input.height = 9;
    model.input.width = 8;
    model.input.colors = 2;
    model.input.kind = InputKind::real;
    model.input.scale = {0.01, 0.02};
    model.input.offset = {-1};
    model.layers = {real_conv("first", 3, 6, 1, 1),
                    named("batch_norm", "norm"),
                    plain("relu"),
                    real_conv("depth", 3, 12, 1, 0, 6),
                    quadratic(0.25),
                    pool("average_pool", 2, 2),
                    locally_connected("local", 2, 5),
                    plain("erf"),
                    pool("max_pool", 2, 1),
                    real_linear("last", 3),
                    plain("log_softmax")};
    model.classes = {"zero", "one", "two"};
    return with_parameters(model, 11);
}

std::string read_bytes(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string &path, const std::string &bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

}  // namespace fsd::testing
