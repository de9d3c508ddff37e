// Loads, translates labels by the classes' names, cuts.
#include "toolkit/sources/labeled_data.h"

#include "runtime/error.h"
#include "toolkit/sources/even_sample.h"

#include <algorithm>

namespace fsd {
namespace {

bool has_class(const Model &model, const std::string &name) {
    return std::find(model.classes.begin(), model.classes.end(), name) != model.classes.end();
}

int index_of(const std::string &name, const Model &model, const std::string &source) {
    if (!has_class(model, name)) {
        throw Error(ExitCode::bad_input,
                    text("The class '", name, "' of ", source, " is none of the model's ",
                         model.classes.size(), " classes (the first is '", model.classes.front(), "')."));
    }
    const auto found = std::find(model.classes.begin(), model.classes.end(), name);
    return static_cast<int>(found - model.classes.begin());
}

// Classes "0", "1", ... of data where the model calls its classes otherwise.
bool numbers_the_classes_of(const Dataset &data, const Model &model) {
    for (std::size_t label = 0; label < data.classes.size(); label++) {
        if (data.classes[label] != std::to_string(label) || has_class(model, data.classes[label])) {
            return false;
        }
    }
    return data.classes.size() <= model.classes.size();
}

void translate_labels(Dataset &data, const Model &model) {
    if (!numbers_the_classes_of(data, model)) {
        std::vector<int> translated;
        for (const std::string &name : data.classes) {
            translated.push_back(index_of(name, model, data.source));
        }
        for (int &label : data.labels) {
            label = translated.at(label);
        }
    }
    data.classes = model.classes;
}

}  // namespace

ImageFormat format_of(const Input &input) {
    const bool has_colors = input.takes_bytes() && (input.colors == 1 || input.colors == 3);
    return has_colors ? ImageFormat{input.height, input.width, input.colors} : ImageFormat{};
}

Dataset load_for(const Model &model, const DataOptions &options) {
    const Split split = options.split == "train" ? Split::train : Split::test;
    Dataset data = load_dataset(options.path, split, format_of(model.input), options.labels);
    if (!model.input.takes_bytes() && !data.is_numeric()) {
        throw Error(ExitCode::bad_input,
                    text("The samples in ", data.source, " are images; this network takes ",
                         model.input.colors, " numbers each, from a .npy file."));
    }
    if (model.classes.empty() && !data.is_regression()) {
        throw Error(ExitCode::bad_input, text("The labels of ", data.source,
                                              " are classes, and this network gives "
                                              "numbers; it is compared with targets that are floats."));
    }
    if (!model.classes.empty()) {
        need_classes(data);
        translate_labels(data, model);
    }
    return options.images > 0 && options.images < data.count() ? samples_of(data, 0, options.images) : data;
}

Dataset evenly_thinned(const Dataset &data, int most) {
    if (most == 0 || data.count() <= most) {
        return data;
    }
    const std::vector<std::size_t> indices = evenly_spaced(data.count(), most);
    return samples_at(data, std::vector<int>(indices.begin(), indices.end()));
}

Dataset load_evenly(const Model &model, DataOptions options, const std::string &split) {
    const int most = options.images;
    options.split = split;
    options.images = 0;
    return evenly_thinned(load_for(model, options), most);
}

}  // namespace fsd
