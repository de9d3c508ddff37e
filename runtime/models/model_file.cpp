// load_model and save_model: description, structure, numbers, in this order.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/formats/safetensors.h"
#include "runtime/models/model_check.h"
#include "runtime/models/model_json.h"
#include "runtime/models/novelty_file.h"
#include "runtime/system/floating_point.h"

namespace fsd {
namespace {

const StoredTensor &find(const SafetensorsFile &file, const ExpectedTensor &wanted) {
    const auto found = file.tensors().find(wanted.name);
    if (found == file.tensors().end()) {
        throw Error(ExitCode::bad_input,
                    text("tensor ", quoted(wanted.name), ": is missing; ", wanted.layer, " needs it."));
    }
    return found->second;
}

void check_stored(const StoredTensor &stored, const ExpectedTensor &wanted) {
    const Shape shape(stored.shape.begin(), stored.shape.end());
    if (stored.type != "F32" || shape != wanted.shape) {
        throw Error(ExitCode::bad_input, text("tensor ", quoted(wanted.name), ": ", wanted.layer,
                                              " needs F32 of shape ", to_string(wanted.shape), "; found ",
                                              stored.type, " of shape ", to_string(shape), "."));
    }
}

// The header already guarantees that the file holds as many bytes as the shapes say, so the tensors fit.
void check_structure(const SafetensorsFile &file, const std::vector<ExpectedTensor> &expected) {
    std::map<std::string, const ExpectedTensor *> by_name;
    for (const ExpectedTensor &wanted : expected) {
        check_stored(find(file, wanted), wanted);
        by_name.emplace(wanted.name, &wanted);
    }
    for (const auto &[name, stored] : file.tensors()) {
        if (!by_name.count(name) && !is_novelty_tensor(name)) {
            throw Error(ExitCode::bad_input,
                        text("tensor ", quoted(name), ": no layer has a tensor of this name."));
        }
    }
}

Model load(const SafetensorsFile &file) {
    Model model = description_from_metadata(file.metadata());
    const std::vector<ExpectedTensor> expected = expected_tensors(model);
    check_structure(file, expected);
    for (const ExpectedTensor &wanted : expected) {
        Tensor tensor = make_tensor(halide_type_of<float>(), wanted.shape);
        file.read(find(file, wanted), tensor.data());
        model.tensors.emplace(wanted.name, std::move(tensor));
    }
    model.novelty = read_novelty(file, model);
    check_tensors(model, expected);
    return model;
}

}  // namespace

Model load_model(const std::string &path) {
    const FloatingPointMode mode = FloatingPointMode::standard();  // numbers of the description are text
    const SafetensorsFile file(path);
    try {
        return load(file);
    } catch (const Error &error) {
        throw Error(error.code(), path + ": " + error.what());
    }
}

void save_model(const Model &model, const std::string &path) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    try {
        check_model(model);
    } catch (const Error &error) {
        throw Error(error.code(),
                    text(path, ": not written, because the model is not valid: ", error.what()));
    }
    std::map<std::string, Tensor> tensors = model.tensors;
    if (model.novelty) {
        tensors.merge(novelty_tensors(*model.novelty));
    }
    write_safetensors(path, description_to_metadata(model), tensors);
}

}  // namespace fsd
