// Checks descriptions, tensors and distributions.
#include "runtime/models/model_check.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kinds.h"
#include "runtime/models/model_limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace fsd {
namespace {

[[noreturn]] void refuse(const std::string &subject, const std::string &sentence) {
    throw Error(ExitCode::bad_input, subject + ": " + sentence);
}

bool is_text(const std::string &value) {
    return first_invalid_utf8(value) == std::string::npos && value.find('\0') == std::string::npos;
}

void check_layer_name(const Layer &layer, const std::string &described, std::set<std::string> &names) {
    if (!layer_kind(layer.op).has_parameters()) {
        if (!layer.name.empty()) {
            refuse(described, "has no parameters and must not have a name.");
        }
        return;
    }
    const bool plain = std::all_of(layer.name.begin(), layer.name.end(), [](unsigned char character) {
        return std::isalnum(character) != 0 || character == '_' || character == '-';
    });
    if (layer.name.empty() || layer.name.size() > 64 || !plain) {
        refuse(described, "needs a name of 1 to 64 letters, digits, '_' or '-'.");
    }
    if (!names.insert(layer.name).second) {
        refuse(described, "another layer has the same name.");
    }
}

void check_texts(const Model &model) {
    if (model.layers.empty() || model.layers.size() > most_layers) {
        refuse("layers", text("a network has between 1 and ", most_layers, " layers; found ",
                              model.layers.size(), "."));
    }
    if (model.classes.size() > most_classes) {
        refuse("classes",
               text("at most ", most_classes, " classes are possible; found ", model.classes.size(), "."));
    }
    for (std::size_t i = 0; i < model.classes.size(); i++) {
        if (model.classes[i].empty() || !is_text(model.classes[i])) {
            refuse("classes", text("the name of class ", i, " must be UTF-8 text, not empty, without NUL."));
        }
    }
    if (model.notes.size() > most_notes) {
        refuse("notes", text("at most ", most_notes, " notes are possible; found ", model.notes.size(), "."));
    }
    for (const auto &[key, value] : model.notes) {
        if (!is_text(key) || !is_text(value)) {
            refuse("notes", text("the note ", quoted(key), " must be UTF-8 text without NUL."));
        }
    }
    if (model.preprocessing.kind != "none" && model.preprocessing.kind != "digit") {
        refuse("preprocessing",
               text("unknown kind ", quoted(model.preprocessing.kind), "; expected none or digit."));
    }
}

void expect_layer(const Layer &layer, const std::string &described, const Shape &input,
                  std::vector<ExpectedTensor> &expected) {
    const int groups = layer.attribute("groups"), states = layer.attribute("states");
    const bool whole_map = layer.op == "kld_linear";
    const int window_y = whole_map ? input[0] : layer.attribute("window_y");
    const int window_x = whole_map ? input[1] : layer.attribute("window_x");
    expected.push_back({layer.name + ".log_likelihood",
                        described,
                        {window_y, window_x, input[2], input[3], groups * states}});
    expected.push_back({layer.name + ".log_prior", described, {groups, states}});
    expected.push_back({layer.name + ".observations", described, {1}});
}

void check_finite(const std::string &subject, const float *numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; i++) {
        if (!std::isfinite(numbers[i])) {
            refuse(subject, text("element ", i, " is ", numbers[i], ", not a finite number."));
        }
    }
}

void check_sum(const std::string &subject, std::size_t first_element, double sum) {
    if (!(std::fabs(sum - 1) <= sum_tolerance)) {
        refuse(subject,
               text("is not normalized: the probabilities of the distribution that begins at element ",
                    first_element, " sum to ", sum, " instead of 1 (tolerance ", sum_tolerance, ")."));
    }
}

// Numbers [position, state, output]: each (position, output) is a distribution over the states. Outputs are
// summed in blocks, so that the sums need no memory that grows with the model.
void check_normalized(const std::string &subject, const float *numbers, std::size_t count, std::size_t states,
                      std::size_t outputs) {
    std::array<double, 256> sums{};
    for (std::size_t position = 0; position < count; position += states * outputs) {
        for (std::size_t block = 0; block < outputs; block += sums.size()) {
            const std::size_t width = std::min(sums.size(), outputs - block);
            const float *first = numbers + position + block;
            sums.fill(0);
            for (std::size_t state = 0; state < states; state++) {
                for (std::size_t i = 0; i < width; i++) {
                    sums[i] += std::exp(static_cast<double>(first[state * outputs + i]));
                }
            }
            for (std::size_t i = 0; i < width; i++) {
                check_sum(subject, static_cast<std::size_t>(first - numbers) + i, sums[i]);
            }
        }
    }
}

void check_numbers(const std::string &subject, const std::string &role, const Tensor &tensor) {
    const auto *numbers = static_cast<const float *>(tensor.data());
    const std::size_t count = tensor.number_of_elements();
    check_finite(subject, numbers, count);
    const Shape shape = shape_of(tensor);
    if (role == "log_likelihood") {
        check_normalized(subject, numbers, count, static_cast<std::size_t>(shape[3]),
                         static_cast<std::size_t>(shape[4]));
    } else if (role == "log_prior") {
        check_normalized(subject, numbers, count, static_cast<std::size_t>(shape[1]), 1);
    } else if (numbers[0] <= 0) {
        refuse(subject, text("observations must be positive; found ", numbers[0], "."));
    }
}

bool is_dense(const Tensor &tensor) {
    return tensor.size_in_bytes() == tensor.number_of_elements() * tensor.type().bytes();
}

}  // namespace

std::vector<ExpectedTensor> expected_tensors(const Model &model) {
    check_texts(model);
    const std::vector<Shape> shapes = activation_shapes(model);
    std::vector<ExpectedTensor> expected;
    std::set<std::string> names;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        const std::string described = describe_layer(layer, index);
        check_layer_name(layer, described, names);
        if (layer_kind(layer.op).has_parameters()) {
            expect_layer(layer, described, shapes[index], expected);
        }
    }
    return expected;
}

void check_tensors(const Model &model, const std::vector<ExpectedTensor> &expected) {
    for (const ExpectedTensor &wanted : expected) {
        const std::string subject = "tensor " + quoted(wanted.name);
        const Tensor &tensor = model.tensor(wanted.name);
        if (tensor.type() != halide_type_of<float>() || shape_of(tensor) != wanted.shape ||
            !is_dense(tensor)) {
            refuse(subject,
                   text(wanted.layer, " needs a dense float32 tensor of shape ", to_string(wanted.shape),
                        "; found ", to_string(tensor.type()), " ", to_string(shape_of(tensor)), "."));
        }
        check_numbers(subject, wanted.name.substr(wanted.name.rfind('.') + 1), tensor);
    }
    if (model.tensors.size() > expected.size()) {
        refuse("tensors", text("the model has ", model.tensors.size(), " tensors, but its layers need ",
                               expected.size(), "."));
    }
}

void check_model(const Model &model) {
    check_tensors(model, expected_tensors(model));
}

}  // namespace fsd
