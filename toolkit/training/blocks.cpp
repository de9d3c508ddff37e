// Cuts the list of layers into blocks.
#include "toolkit/training/blocks.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/models/model_json.h"

#include <sstream>

namespace fsd {
namespace {

[[noreturn]] void refuse(const Layer &layer, std::size_t index, const std::string &expected) {
    throw Error(
        ExitCode::unsupported,
        text("Training does not support ", describe_layer(layer, index), " there: expected ", expected,
             ". It trains kld_conv or kld_linear, normalize, then marginal_pool or renormalized_max_pool or "
             "no pooling, repeated, and kld_linear, log_normalize at the end."));
}

Window window_of(const Layer &layer, const Shape &input) {
    if (layer.op == "kld_linear") {
        return {input[0], input[1], 1, 1, 0, 0};
    }
    return {layer.attribute("window_y"), layer.attribute("window_x"),  layer.attribute("stride_y"),
            layer.attribute("stride_x"), layer.attribute("padding_y"), layer.attribute("padding_x")};
}

bool is_trainable_pool(const Layer &layer) {
    return layer.op == "marginal_pool" || layer.op == "renormalized_max_pool";
}

}  // namespace

std::vector<Block> blocks_of(const Model &description) {
    const std::vector<Shape> shapes = activation_shapes(description);
    const std::vector<Layer> &layers = description.layers;
    std::vector<Block> blocks;
    std::size_t at = 0;
    const auto is = [&](const std::string &op) { return at < layers.size() && layers[at].op == op; };
    while (at < layers.size()) {
        const Layer &evidence = layers[at];
        if (!is("kld_conv") && !is("kld_linear")) {
            refuse(evidence, at, "kld_conv or kld_linear");
        }
        Block block{evidence.name, window_of(evidence, shapes[at]), shapes[at], shapes[at + 1], {}, {}};
        at++;
        const bool last = at + 1 == layers.size();
        if (last && evidence.op != "kld_linear") {
            refuse(evidence, at - 1, "kld_linear as the last layer with parameters");
        }
        if (!is(last ? "log_normalize" : "normalize")) {
            refuse(layers[at], at, last ? "log_normalize" : "normalize");
        }
        at++;
        if (at < layers.size() && is_trainable_pool(layers[at])) {
            block.pool = layers[at++];
        }
        block.output = shapes[at];
        blocks.push_back(std::move(block));
    }
    return blocks;
}

Model read_description(const std::string &path) {
    const InputFile file(path);
    std::string content(file.size(), '\0');
    file.read(0, content.data(), content.size());
    return description_from_json(content, path);
}

}  // namespace fsd
