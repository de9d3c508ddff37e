// A network as data: layers, numbers, class names. Read from and written to one .safetensors file
// (docs/formats.md); reading validates everything and executes nothing.
#pragma once

#include "runtime/tensor.h"

#include <map>
#include <string>
#include <vector>

namespace fsd {

// One step of the network, by the op's stem. Integer attributes carry the names of the kernels' arguments and
// axes: window_y, window_x, stride_y, stride_x, padding_y, padding_x, groups, states; pool_window_y,
// pool_window_x, pool_stride_y, pool_stride_x.
struct Layer {
    std::string op;    // kld_conv, kld_linear, normalize, log_normalize, marginal_pool, ...
    std::string name;  // of the layer's tensors; empty for a layer without parameters
    std::map<std::string, int> attributes;

    int attribute(const std::string &key) const;  // throws Error(bad_input) that names layer and key
};

struct Input {
    int height = 0;
    int width = 0;
    int colors = 0;  // each color of each pixel is a Bernoulli variable: (1 - v/255, v/255)
};

// How a photo is brought to the network's input (docs/formats.md).
struct Preprocessing {
    std::string kind =
        "none";  // "none": resized; "digit": gray, ink bright on dark, cropped, centered by mass
};

struct Model {
    Input input;
    std::vector<Layer> layers;
    std::vector<std::string> classes;
    Preprocessing preprocessing;
    std::map<std::string, std::string> notes;  // free text, e.g. the training command
    // float32: <layer>.log_likelihood [window_y, window_x, input_group, input_state, output] for kld_conv and
    // [input_y, input_x, input_group, input_state, output] for kld_linear (the whole map is its window),
    // <layer>.log_prior [group, state], <layer>.observations [1].
    std::map<std::string, Tensor> tensors;

    const Tensor &tensor(const std::string &name) const;  // throws Error(bad_input)
    std::size_t parameter_count() const;                  // stored numbers
};

// A layer as it is named in sentences, e.g. "layer 0 (kld_conv 'first')".
std::string describe_layer(const Layer &layer, std::size_t index);

// Shapes of the activations before the first layer and after each: [y, x, group, state].
// Throws Error(bad_input) that names the layer where shapes or kinds of activations do not fit.
std::vector<Shape> activation_shapes(const Model &model);

// Throws Error(bad_input) that names file, tensor and reason. Never needs more memory than the file's size +
// 1 MiB before the file is known to be valid.
Model load_model(const std::string &path);

// Writes to a temporary file beside `path` and renames it: no partial file is ever seen.
void save_model(const Model &model, const std::string &path);

// The model with one op replaced by another one, e.g. marginal_pool by max_pool.
// Throws Error(usage) where no layer has the op or the two are not interchangeable.
Model replaced(const Model &model, const std::string &op, const std::string &replacement);

}  // namespace fsd
