// The .safetensors file of a quantized network: the description, then the structure, then the numbers.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/formats/safetensors.h"
#include "runtime/layers/kld_parameters.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/model_check.h"
#include "runtime/models/model_json.h"
#include "toolkit/quantization/exact_layer.h"
#include "toolkit/quantization/quantized_network.h"

#include <cmath>
#include <limits>

namespace fsd {
namespace {

constexpr const char *format = "fsdnet-quantized";
constexpr const char *version = "1";

struct Wanted {
    std::string name, layer;
    const char *type;
    Shape shape;
};

[[noreturn]] void refuse(const std::string &tensor, const std::string &sentence) {
    throw Error(ExitCode::bad_input, text("tensor ", quoted(tensor), ": ", sentence));
}

const std::string &value_of(const std::map<std::string, std::string> &metadata, const std::string &key) {
    const auto found = metadata.find(key);
    if (found == metadata.end()) {
        throw Error(ExitCode::bad_input, text("__metadata__ has no key ", quoted(key), "."));
    }
    return found->second;
}

Model read_description(std::map<std::string, std::string> metadata) {
    if (value_of(metadata, "format") != format) {
        throw Error(ExitCode::bad_input,
                    text("__metadata__ says format ", quoted(metadata["format"]),
                         "; a quantized network says '", format, "' and comes from 'fsdnet quantize'."));
    }
    if (value_of(metadata, "version") != version) {
        throw Error(ExitCode::bad_input,
                    text("the format's version is ", quoted(metadata["version"]),
                         ", but this fsdnet reads version ", version,
                         "; use the fsdnet that wrote the file, or quantize the model again."));
    }
    metadata["format"] = "fsdnet";
    metadata["version"] = model_format_version;
    return description_from_metadata(metadata);
}

bool ends_with(const std::string &name, const std::string &ending) {
    return name.size() >= ending.size() &&
           name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

// Three tensors for each layer with parameters, in the order of the layers.
std::vector<Wanted> wanted_tensors(const Model &description) {
    check_quantizable(description);
    std::vector<Wanted> wanted;
    for (const ExpectedTensor &expected : expected_tensors(description)) {
        if (ends_with(expected.name, ".log_likelihood")) {
            Shape shape = expected.shape;
            shape[3] = wanted.empty() && reads_success_probability(description) ? 1 : shape[3];
            const std::string layer = expected.name.substr(0, expected.name.rfind('.'));
            wanted.push_back({layer + ".weight", expected.layer, "I8", shape});
            wanted.push_back({layer + ".scale", expected.layer, "F32", {shape[4]}});
        } else if (ends_with(expected.name, ".log_prior")) {
            const std::string layer = expected.name.substr(0, expected.name.rfind('.'));
            wanted.push_back({layer + ".bias", expected.layer, "F32", expected.shape});
        }
    }
    return wanted;
}

void check_structure(const SafetensorsFile &file, const std::vector<Wanted> &wanted) {
    for (const Wanted &one : wanted) {
        const auto found = file.tensors().find(one.name);
        if (found == file.tensors().end()) {
            refuse(one.name, "is missing; " + one.layer + " needs it.");
        }
        const Shape shape(found->second.shape.begin(), found->second.shape.end());
        if (found->second.type != one.type || shape != one.shape) {
            refuse(one.name, text(one.layer, " needs ", one.type, " of shape ", to_string(one.shape),
                                  "; found ", found->second.type, " of shape ", to_string(shape), "."));
        }
    }
    for (const auto &[name, stored] : file.tensors()) {
        bool known = false;
        for (const Wanted &one : wanted) {
            known = known || one.name == name;
        }
        if (!known) {
            refuse(name, "no layer has a tensor of this name.");
        }
    }
}

void check_floats(const std::string &name, const Tensor &tensor, bool positive) {
    const auto *numbers = static_cast<const float *>(tensor.data());
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        if (!std::isfinite(numbers[i]) || (positive && !(numbers[i] >= std::numeric_limits<float>::min()))) {
            refuse(name, text("element ", i, " is ", numbers[i], ", not a finite",
                              positive ? " positive normal" : "", " number."));
        }
    }
}

// -128 is refused so that weights can be negated; sums must fit int32 for every input.
void check_weights(const std::string &name, const Tensor &tensor) {
    const auto *weights = static_cast<const int8_t *>(tensor.data());
    const auto outputs = static_cast<std::size_t>(tensor.dim(0).extent());
    std::vector<int64_t> sums(outputs);
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        if (weights[i] == std::numeric_limits<int8_t>::min()) {
            refuse(name, text("element ", i, " is -128; weights lie between -127 and 127."));
        }
        sums[i % outputs] += std::abs(weights[i]);
    }
    for (std::size_t output = 0; output < outputs; output++) {
        if (255 * sums[output] > std::numeric_limits<int32_t>::max()) {
            refuse(name, text("the magnitudes of output ", output, " add up to ", sums[output],
                              "; 255 times that leaves 32 bits."));
        }
    }
}

void check_numbers(const QuantizedLayer &layer) {
    check_weights(layer.name + ".weight", layer.weights);
    check_floats(layer.name + ".scale", layer.scales, true);
    check_floats(layer.name + ".bias", layer.biases, false);
}

template<typename T>
Tensor read_tensor(const SafetensorsFile &file, const std::string &name) {
    const StoredTensor &stored = file.tensors().at(name);
    Tensor tensor = make_tensor(halide_type_of<T>(), Shape(stored.shape.begin(), stored.shape.end()));
    file.read(stored, tensor.data());
    return tensor;
}

QuantizedNetwork load(const SafetensorsFile &file) {
    QuantizedNetwork network{read_description(file.metadata()), {}};
    check_structure(file, wanted_tensors(network.description));
    for (std::size_t index = 0; index < network.description.layers.size(); index++) {
        const Layer &layer = network.description.layers[index];
        if (!layer_kind(layer.op).gives_evidence_of_distributions) {
            continue;
        }
        QuantizedLayer quantized;
        quantized.index = index;
        quantized.name = layer.name;
        quantized.weights = read_tensor<int8_t>(file, layer.name + ".weight");
        quantized.scales = read_tensor<float>(file, layer.name + ".scale");
        quantized.biases = read_tensor<float>(file, layer.name + ".bias");
        check_numbers(quantized);
        network.layers.push_back(std::move(quantized));
    }
    return network;
}

}  // namespace

QuantizedNetwork load_quantized(const std::string &path) {
    const SafetensorsFile file(path);
    try {
        return load(file);
    } catch (const Error &error) {
        // What quantize() does not support, no quantized file may hold.
        throw Error(ExitCode::bad_input, path + ": " + error.what());
    }
}

bool is_quantized(const std::string &path) {
    const SafetensorsFile file(path);
    const auto found = file.metadata().find("format");
    return found != file.metadata().end() && found->second == format;
}

void save_quantized(const QuantizedNetwork &network, const std::string &path) {
    std::map<std::string, Tensor> tensors;
    for (const QuantizedLayer &layer : network.layers) {
        if (layer.activation_bits != 8 || layer.weight_bits() != 8) {
            throw Error(ExitCode::internal, text(path, ": a quantized file holds 8-bit layers only."));
        }
        check_numbers(layer);
        tensors[layer.name + ".weight"] = layer.weights;
        tensors[layer.name + ".scale"] = layer.scales;
        tensors[layer.name + ".bias"] = layer.biases;
    }
    std::map<std::string, std::string> metadata = description_to_metadata(network.description);
    metadata["format"] = format;
    metadata["version"] = version;
    write_safetensors(path, metadata, tensors);
}

}  // namespace fsd
