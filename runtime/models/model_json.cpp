// Reads and writes the description of a model as JSON.
#include "runtime/models/model_json.h"

#include "runtime/error.h"
#include "runtime/formats/json_reader.h"
#include "runtime/formats/json_text.h"
#include "runtime/models/model_limits.h"

#include <algorithm>
#include <limits>

namespace fsd {
namespace {

int read_int(JsonReader &json) {
    const int64_t value = json.integer();
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
        json.refuse("the number does not fit 32 bits.");
    }
    return static_cast<int>(value);
}

void read_input(JsonReader &json, Input &input) {
    int members = 0;
    json.object(3, [&](const std::string &key) {
        int *const place = key == "height"   ? &input.height
                           : key == "width"  ? &input.width
                           : key == "colors" ? &input.colors
                                             : nullptr;
        if (!place) {
            json.refuse("unknown key; an input has height, width and colors.");
        }
        *place = read_int(json);
        members++;
    });
    if (members != 3) {
        json.refuse("an input must have height, width and colors.");
    }
}

Layer read_layer(JsonReader &json) {
    Layer layer;
    json.object(16, [&](const std::string &key) {
        if (key == "op" || key == "name") {
            (key == "op" ? layer.op : layer.name) = json.string();
        } else {
            layer.attributes[key] = read_int(json);
        }
    });
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
    if (need(metadata, "format") != "fsdnet") {
        throw Error(ExitCode::bad_input, text("__metadata__ says format ", quoted(need(metadata, "format")),
                                              "; an fsdnet model says 'fsdnet'."));
    }
    if (need(metadata, "version") != model_format_version) {
        throw Error(ExitCode::bad_input, text("the format's version is ", quoted(need(metadata, "version")),
                                              ", but this fsdnet reads version ", model_format_version,
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
    return out + "}";
}

std::string note_text(const std::pair<const std::string, std::string> &note) {
    return json_string(note.first) + ":" + json_string(note.second);
}

std::string network_text(const Model &model) {
    return text("{\"input\":{\"height\":", model.input.height, ",\"width\":", model.input.width,
                ",\"colors\":", model.input.colors, "},\"layers\":[", joined(model.layers, layer_text),
                "],\"classes\":[", joined(model.classes, json_string),
                "],\"preprocessing\":{\"kind\":", json_string(model.preprocessing.kind), "},\"notes\":{",
                joined(model.notes, note_text), "}}");
}

Model read_network(const std::string &text, const std::string &name, bool needs_classes) {
    Model model;
    JsonReader json(text, name);
    bool has_input = false;
    json.object(5, [&](const std::string &key) {
        read_member(json, key, model);
        has_input = has_input || key == "input";
    });
    json.end();
    if (!has_input || model.layers.empty() || (needs_classes && model.classes.empty())) {
        json.refuse(needs_classes ? "a network must have input, layers and classes."
                                  : "a network must have input and layers.");
    }
    return model;
}

}  // namespace

std::map<std::string, std::string> description_to_metadata(const Model &model) {
    return {{"format", "fsdnet"}, {"version", model_format_version}, {"network", network_text(model)}};
}

Model description_from_metadata(const std::map<std::string, std::string> &metadata) {
    check_envelope(metadata);
    return read_network(need(metadata, "network"), "network in __metadata__", true);
}

Model description_from_json(const std::string &json, const std::string &name) {
    return read_network(json, name, false);
}

}  // namespace fsd
