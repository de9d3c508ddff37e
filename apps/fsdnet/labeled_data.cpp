// Loads, translates labels by the classes' names, cuts.
#include "apps/fsdnet/labeled_data.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::command_line {
namespace {

int index_of(const std::string &name, const Model &model, const std::string &source) {
    const auto found = std::find(model.classes.begin(), model.classes.end(), name);
    if (found == model.classes.end()) {
        throw Error(ExitCode::bad_input,
                    text("The class '", name, "' of ", source, " is none of the model's ",
                         model.classes.size(), " classes (the first is '", model.classes.front(), "')."));
    }
    return static_cast<int>(found - model.classes.begin());
}

}  // namespace

Dataset load_for(const Model &model, const DataOptions &options) {
    const Split split = options.split == "train" ? Split::train : Split::test;
    const ImageFormat format{model.input.height, model.input.width, model.input.colors};
    Dataset data = load_dataset(options.path, split, format);
    if (!data.split) {
        note(text(data.source, " does not tell training from test images; all are used."));
    }
    std::vector<int> translated;
    for (const std::string &name : data.classes) {
        translated.push_back(index_of(name, model, data.source));
    }
    for (int &label : data.labels) {
        label = translated.at(label);
    }
    data.classes = model.classes;
    const auto count = static_cast<int>(data.labels.size());
    return options.images > 0 && options.images < count ? samples_of(data, 0, options.images) : data;
}

}  // namespace fsd::command_line
