// Draws models.
#include "tests/runtime/models.h"

#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_check.h"

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

Tensor draw_tensor(const ExpectedTensor &wanted, Random &random) {
    Tensor tensor = make_tensor<float>(wanted.shape);
    auto *numbers = static_cast<float *>(tensor.data());
    const Shape &shape = wanted.shape;
    if (shape.size() == 5) {
        draw_distributions(numbers, static_cast<std::size_t>(shape[0]) * shape[1] * shape[2], shape[3],
                           shape[4], random);
    } else if (shape.size() == 2) {
        draw_distributions(numbers, shape[0], shape[1], 1, random);
    } else {
        numbers[0] = static_cast<float>(std::exp(0.3 * std::normal_distribution<double>()(random)));
    }
    return tensor;
}

}  // namespace

Model with_parameters(Model model, unsigned seed) {
    for (auto layer = model.layers.rbegin(); model.classes.empty() && layer != model.layers.rend(); ++layer) {
        for (int i = 0; layer->attributes.count("states") == 1 && i < layer->attribute("states"); i++) {
            model.classes.push_back("class " + std::to_string(i));
        }
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
