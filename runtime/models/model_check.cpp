// Checks descriptions, tensors and distributions.
#include "runtime/models/model_check.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_limits.h"
#include "runtime/models/novelty_file.h"

#include <algorithm>
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
    if (!layer_kind(layer.op).has_tensors()) {
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
    for (const TensorRule &rule : layer_kind(layer.op).tensors) {
        expected.push_back(
            {layer.name + "." + rule.role, described, rule.shape(layer, input), rule.constraint});
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
        expect_layer(layer, described, shapes[index], expected);
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
        wanted.constraint(subject, tensor);
    }
    if (model.tensors.size() > expected.size()) {
        refuse("tensors", text("the model has ", model.tensors.size(), " tensors, but its layers need ",
                               expected.size(), "."));
    }
    if (model.novelty) {
        check_novelty(model);
    }
}

void check_model(const Model &model) {
    check_tensors(model, expected_tensors(model));
}

}  // namespace fsd
