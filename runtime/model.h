// A network as data: layers, numbers, class names. Read from and written to one .safetensors file
// (docs/formats.md); reading validates everything and executes nothing.
#pragma once

#include "runtime/novelty.h"
#include "runtime/tensor.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

// One step of the network, by the name of its kind (runtime/layers/). Integer attributes carry the names of
// the kernels' arguments and axes: window_y, stride_x, groups, states, channels, pool_window_y, ...; numbers
// are the real ones, e.g. epsilon of batch_norm.
struct Layer {
    std::string op;    // kld_conv, conv, normalize, relu, marginal_pool, ...
    std::string name;  // of the layer's tensors; empty for a layer without tensors
    std::map<std::string, int> attributes;
    std::map<std::string, double> numbers = {};

    // What the layer says, or else its kind's standard. Throw Error(bad_input) that names layer and key where
    // neither does.
    int attribute(const std::string &key) const;
    double number(const std::string &key) const;
};

enum class InputKind {
    bernoulli,  // each color of each pixel is a variable with two states: (1 - v/255, v/255)
    real,       // scale * v + offset, per color
    vector,     // the same for `colors` numbers that are no image; only floats
};

// "bernoulli", "real", "vector".
std::string to_string(InputKind kind);

struct Input {
    int height = 0;  // 1 for a vector
    int width = 0;   // 1 for a vector
    int colors = 0;  // 1 or 3 for images as Bernoulli states
    InputKind kind = InputKind::bernoulli;
    std::vector<double> scale = {};   // one number, or one per color; empty: 1/255 for images, 1 for vectors
    std::vector<double> offset = {};  // the same; empty: 0

    struct Extents {
        int height, width, colors;
    };
    Extents extents() const { return {height, width, colors}; }
    double scale_of(int color) const;
    double offset_of(int color) const;
    bool takes_bytes() const { return kind != InputKind::vector; }
};

// How a photo is brought to the network's input (docs/formats.md).
struct Preprocessing {
    std::string kind =
        "none";  // "none": resized; "digit": gray, ink bright on dark, cropped, centered by mass
};

struct Model {
    Input input;
    std::vector<Layer> layers;
    std::vector<std::string> classes;  // empty where the network gives numbers
    Preprocessing preprocessing;
    std::map<std::string, std::string> notes;  // free text, e.g. the training command
    // float32, "<layer>.<role>": what the layers' kinds say, e.g. <layer>.log_likelihood [window_y, window_x,
    // input_group, input_state, output] of kld_conv (docs/formats.md).
    std::map<std::string, Tensor> tensors;
    // Fitted to held-out images by 'fsdnet train' or 'fsdnet calibrate'; holds for these tensors alone.
    std::optional<Novelty> novelty = std::nullopt;

    const Tensor &tensor(const std::string &name) const;  // throws Error(bad_input)
    std::size_t parameter_count() const;                  // stored numbers
};

// The numbers that the network gives for a sample: as many as classes, or those of a regression.
int result_size(const Model &model);

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

// The model with one op replaced by another one, e.g. marginal_pool by max_pool; without its novelty, which
// was fitted to the exact one.
// Throws Error(usage) where no layer has the op or the two are not interchangeable.
Model replaced(const Model &model, const std::string &op, const std::string &replacement);

}  // namespace fsd
