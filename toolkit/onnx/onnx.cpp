// Walks over a model's layers and lets the room of each kind append its nodes.
#include "toolkit/onnx/onnx.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
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

}  // namespace

std::string onnx_file(const Model &model, OnnxNumbers numbers) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const std::vector<Shape> shapes = activation_shapes(model);
    const OnnxValue input = onnx_input(model, numbers), result = onnx_result(model);
    OnnxChain chain;
    append_input(chain, model, numbers);
    chain.shape = shapes.front();
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        append_layer(chain, onnx_place(model, index, shapes[index + 1], numbers == OnnxNumbers::bytes));
    }
    chain.flatten();
    chain.graph.output(result.name, result.shape);
    return chain.graph.serialize(onnx_operator_set, text(input.name, ": ", input.describe(), "; ",
                                                         result.name, ": ", result.describe()));
}

std::size_t export_onnx(const Model &model, const std::string &path, OnnxNumbers numbers) {
    const std::string file = onnx_file(model, numbers);
    write_file(path, file);
    return file.size();
}

}  // namespace fsd
