// Descriptions as data, the trainer step by step.
#include "experiments/training.h"

#include "runtime/network.h"

#include <algorithm>

namespace fsd::experiments {

Model dense_network(int inputs, const std::vector<int> &hidden, int outputs, const std::string &activation,
                    bool classes) {
    Model model;
    model.input = {1, 1, inputs, InputKind::vector, {1}, {0}};
    for (std::size_t i = 0; i < hidden.size(); i++) {
        model.layers.push_back({"linear", "layer" + std::to_string(i + 1), {{"channels", hidden[i]}}});
        model.layers.push_back({activation, "", {}});
    }
    model.layers.push_back({"linear", "last", {{"channels", outputs}}});
    if (classes) {
        model.layers.push_back({"log_softmax", "", {}});
    }
    return model;
}

Model trained(const Model &description, const Dataset &data, const TrainingOptions &options) {
    Trainer trainer(description, data, options);
    while (!trainer.finished()) {
        trainer.run_step();
    }
    return trainer.model();
}

double accuracy_of(const Model &model, const Tensor &inputs, const std::vector<int> &labels) {
    Network network(model);
    const int classes = network.result_size();
    const auto count = static_cast<int>(labels.size());
    Tensor result = make_tensor<float>({count, classes});
    network.run(inputs, result);
    int correct = 0;
    for (int sample = 0; sample < count; sample++) {
        const float *row = static_cast<const float *>(result.data()) + std::ptrdiff_t(sample) * classes;
        correct +=
            std::max_element(row, row + classes) - row == labels[static_cast<std::size_t>(sample)] ? 1 : 0;
    }
    return double(correct) / count;
}

Tensor as_vectors(const Tensor &samples) {
    const Shape shape = shape_of(samples);
    return reshaped(samples, {shape[0], 1, 1,
                              static_cast<int>(element_count(shape) / static_cast<std::size_t>(shape[0]))});
}

}  // namespace fsd::experiments
