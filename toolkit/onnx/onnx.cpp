// Walks over a model's layers and lets the room of each kind append its nodes.
#include "toolkit/onnx/onnx.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/models/model_json.h"
#include "runtime/system/floating_point.h"
#include "toolkit/onnx/layers/onnx_layer.h"
#include "toolkit/onnx/onnx_input.h"

namespace fsd {
namespace {

void append_layer(OnnxChain &chain, const OnnxPlace &place) {
    const OnnxLayer *layer = find_onnx_layer(place.layer().op);
    if (!layer) {
        throw Error(ExitCode::unsupported,
                    text(describe_layer(place.layer(), place.index),
                         " has no translation into ONNX; toolkit/onnx/layers/ needs a file for its kind."));
    }
    layer->append(chain, place);
    chain.shape = place.output;
}

std::map<std::string, std::string> description(const Model &model) {
    Model known;  // a novelty belongs to the model file
    known.input = model.input;
    known.layers = model.layers;
    known.classes = model.classes;
    known.preprocessing = model.preprocessing;
    known.notes = model.notes;
    const std::map<std::string, std::string> metadata = description_to_metadata(known);
    return {{onnx_version_key, metadata.at("version")}, {onnx_network_key, metadata.at("network")}};
}

}  // namespace

std::string onnx_file(const Model &model, OnnxNumbers numbers, OnnxWeights weights) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const std::vector<Shape> shapes = activation_shapes(model);
    const OnnxValue input = onnx_input(model, numbers), result = onnx_result(model);
    OnnxChain chain;
    append_input(chain, model, numbers);
    chain.shape = shapes.front();
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        append_layer(chain,
                     onnx_place(model, index, shapes[index + 1], numbers == OnnxNumbers::bytes, weights));
    }
    chain.flatten();
    chain.graph.output(result.name, result.shape);
    return chain.graph.serialize(
        onnx_operator_set,
        text(input.name, ": ", input.describe(), "; ", result.name, ": ", result.describe()),
        description(model));
}

std::size_t export_onnx(const Model &model, const std::string &path, OnnxNumbers numbers,
                        OnnxWeights weights) {
    const std::string file = onnx_file(model, numbers, weights);
    write_file(path, file);
    return file.size();
}

}  // namespace fsd
