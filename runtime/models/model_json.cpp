// Reads and writes the description of a model as JSON.
#include "runtime/models/model_json.h"

#include "runtime/error.h"
#include "runtime/formats/json_reader.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_limits.h"

#include <algorithm>
#include <limits>
#include <set>

namespace fsd {
namespace {

int read_int(JsonReader &json) {
    const int64_t value = json.integer();
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
        json.refuse("the number does not fit 32 bits.");
    }
    return static_cast<int>(value);
}

// What the kind calls a number may be written without a fraction.
void move_whole_numbers(Layer &layer) {
    const LayerKind *kind = find_layer_kind(layer.op);
    for (std::size_t i = 0; kind && i < kind->numbers.size(); i++) {
        const auto found = layer.attributes.find(kind->numbers[i].name);
        if (found != layer.attributes.end()) {
            layer.numbers[found->first] = found->second;
            layer.attributes.erase(found);
        }
    }
}

InputKind read_input_kind(JsonReader &json) {
    const std::string name = json.string();
    for (const InputKind kind : {InputKind::bernoulli, InputKind::real, InputKind::vector}) {
        if (name == to_string(kind)) {
            return kind;
        }
    }
    json.refuse(text("unknown kind ", quoted(name), "; an input is bernoulli, real or vector."));
}

// One number, or one per color.
std::vector<double> read_numbers(JsonReader &json) {
    std::vector<double> numbers;
    json.array(most_extent, [&](std::size_t) { numbers.push_back(json.number()); });
    return numbers;
}

// Whether the members found are those of the input's kind.
void check_members(const JsonReader &json, const Input &input, const std::set<std::string> &found) {
    const std::size_t extents = found.count("height") + found.count("width") + found.count("colors");
    if (input.kind == InputKind::vector) {
        if (found.count("size") == 0 || extents > 0) {
            json.refuse("a vector must have size, and neither height, width nor colors.");
        }
        return;
    }
    if (extents != 3 || found.count("size") > 0) {
        json.refuse("an input must have height, width and colors.");
    }
    if (input.kind == InputKind::bernoulli && found.count("scale") + found.count("offset") > 0) {
        json.refuse("a Bernoulli input has no scale and no offset.");
    }
}

void read_input_member(JsonReader &json, const std::string &key, Input &input) {
    int *const place = key == "height"                    ? &input.height
                       : key == "width"                   ? &input.width
                       : key == "colors" || key == "size" ? &input.colors
                                                          : nullptr;
    if (place) {
        *place = read_int(json);
    } else if (key == "kind") {
        input.kind = read_input_kind(json);
    } else if (key == "scale" || key == "offset") {
        (key == "scale" ? input.scale : input.offset) = read_numbers(json);
    } else {
        json.refuse(
            "unknown key; an input has height, width and colors, and may have kind, scale and offset; "
            "a vector has kind and size.");
    }
}

void read_input(JsonReader &json, Input &input) {
    std::set<std::string> found;
    json.object(7, [&](const std::string &key) {
        found.insert(key);
        read_input_member(json, key, input);
    });
    check_members(json, input, found);
    if (input.kind == InputKind::vector) {
        input.height = input.width = 1;
    }
}

Layer read_layer(JsonReader &json) {
    Layer layer;
    json.object(16, [&](const std::string &key) {
        if (key == "op" || key == "name") {
            (key == "op" ? layer.op : layer.name) = json.string();
        } else if (json.at_whole_number()) {
            layer.attributes[key] = read_int(json);
        } else {
            layer.numbers[key] = json.number();
        }
    });
    move_whole_numbers(layer);
    return layer;
}

void read_preprocessing(JsonReader &json, Preprocessing &preprocessing) {
    json.object(1, [&](const std::string &key) {
        if (key != "kind") {
            json.refuse("unknown key; preprocessing has a kind.");
        }
        preprocessing.kind = json.string();
    });
}

void read_member(JsonReader &json, const std::string &key, Model &model) {
    if (key == "input") {
        read_input(json, model.input);
    } else if (key == "layers") {
        json.array(most_layers, [&](std::size_t) { model.layers.push_back(read_layer(json)); });
    } else if (key == "classes") {
        json.array(most_classes, [&](std::size_t) { model.classes.push_back(json.string()); });
    } else if (key == "preprocessing") {
        read_preprocessing(json, model.preprocessing);
    } else if (key == "notes") {
        json.object(most_notes, [&](const std::string &note) { model.notes[note] = json.string(); });
    } else {
        json.refuse("unknown key; a network has input, layers, classes, preprocessing and notes.");
    }
}

const std::string &need(const std::map<std::string, std::string> &metadata, const std::string &key) {
    const auto found = metadata.find(key);
    if (found == metadata.end()) {
        throw Error(ExitCode::bad_input,
                    text("__metadata__ has no ", quoted(key), "; this is no fsdnet model."));
    }
    return found->second;
}

void check_envelope(const std::map<std::string, std::string> &metadata) {
    if (need(metadata, "format") == "fsdnet-quantized") {
        throw Error(ExitCode::unsupported,
                    "this is a network in 8-bit integers, which 'fsdnet classify', 'evaluate', 'bench' and "
                    "'compile' take; here the model that it was made from is needed.");
    }
    if (need(metadata, "format") != "fsdnet") {
        throw Error(ExitCode::bad_input, text("__metadata__ says format ", quoted(need(metadata, "format")),
                                              "; an fsdnet model says 'fsdnet'."));
    }
    const std::string &version = need(metadata, "version");
    if (version != "1" && version != "2" && version != model_format_version) {
        throw Error(ExitCode::bad_input,
                    text("the format's version is ", quoted(version),
                         ", but this fsdnet reads versions 1, 2 and ", model_format_version,
                         "; use the fsdnet that wrote the file, or train again."));
    }
    for (const auto &[key, value] : metadata) {
        if (key != "format" && key != "version" && key != "network") {
            throw Error(ExitCode::bad_input,
                        text("unknown key ", quoted(key),
                             " in __metadata__; free text belongs into the network's notes."));
        }
    }
}

template<typename List, typename Format>
std::string joined(const List &list, Format format) {
    std::string out;
    for (const auto &element : list) {
        out += (out.empty() ? "" : ",") + format(element);
    }
    return out;
}

std::string layer_text(const Layer &layer) {
    std::string out = "{\"op\":" + json_string(layer.op);
    if (!layer.name.empty()) {
        out += ",\"name\":" + json_string(layer.name);
    }
    for (const auto &[key, value] : layer.attributes) {
        out += "," + json_string(key) + ":" + std::to_string(value);
    }
    for (const auto &[key, value] : layer.numbers) {
        out += "," + json_string(key) + ":" + json_number(value);
    }
    return out + "}";
}

std::string note_text(const std::pair<const std::string, std::string> &note) {
    return json_string(note.first) + ":" + json_string(note.second);
}

std::string input_text(const Input &input) {
    const auto list = [](const char *key, const std::vector<double> &numbers) {
        return numbers.empty() ? "" : text(",\"", key, "\":[", joined(numbers, json_number), "]");
    };
    const std::string scaling = list("scale", input.scale) + list("offset", input.offset);
    if (input.kind == InputKind::vector) {
        return text("{\"kind\":\"vector\",\"size\":", input.colors, scaling, "}");
    }
    const std::string kind = input.kind == InputKind::real ? "\"kind\":\"real\"," : "";
    return text("{", kind, "\"height\":", input.height, ",\"width\":", input.width,
                ",\"colors\":", input.colors, scaling, "}");
}

std::string network_text(const Model &model) {
    return text("{\"input\":", input_text(model.input), ",\"layers\":[", joined(model.layers, layer_text),
                "],\"classes\":[", joined(model.classes, json_string),
                "],\"preprocessing\":{\"kind\":", json_string(model.preprocessing.kind), "},\"notes\":{",
                joined(model.notes, note_text), "}}");
}

// The oldest version whose readers know all that the model has.
std::string version_of(const Model &model) {
    if (model.novelty) {
        return model_format_version;
    }
    int version = model.input.kind == InputKind::bernoulli && !model.classes.empty() ? 1 : 2;
    for (const Layer &layer : model.layers) {
        const LayerKind *kind = find_layer_kind(layer.op);
        version = std::max(version, kind ? kind->format_version : 1);
    }
    return std::to_string(version);
}

Model read_network(const std::string &text, const std::string &name) {
    Model model;
    JsonReader json(text, name);
    bool has_input = false;
    json.object(5, [&](const std::string &key) {
        read_member(json, key, model);
        has_input = has_input || key == "input";
    });
    json.end();
    if (!has_input || model.layers.empty()) {
        json.refuse("a network must have input and layers.");
    }
    return model;
}

}  // namespace

std::map<std::string, std::string> description_to_metadata(const Model &model) {
    return {{"format", "fsdnet"}, {"version", version_of(model)}, {"network", network_text(model)}};
}

Model description_from_metadata(const std::map<std::string, std::string> &metadata) {
    check_envelope(metadata);
    return read_network(need(metadata, "network"), "network in __metadata__");
}

Model description_from_json(const std::string &json, const std::string &name) {
    return read_network(json, name);
}

}  // namespace fsd
