// A network that can be trained, seen as blocks: a layer with parameters, its normalization, its pooling.
#pragma once

#include "runtime/model.h"

#include <optional>
#include <string>
#include <vector>

namespace fsd {

// The extents of a window and how it moves; a kld_linear is a window as large as the map.
struct Window {
    int height, width;
    int stride_y, stride_x;
    int padding_y, padding_x;
};

struct Block {
    std::string name;  // of the layer with parameters
    Window window;
    Shape input;                // [y, x, group, state]
    Shape posterior;            // after the normalization
    std::optional<Layer> pool;  // marginal_pool or renormalized_max_pool
    Shape output;               // after the pooling

    int positions() const {
        return window.height * window.width * input[2];
    }                                                            // of input groups in the window
    int outputs() const { return posterior[2] * posterior[3]; }  // groups * states
};

// All but the last block are kld_conv or kld_linear, normalize, and at most one marginal_pool or
// renormalized_max_pool; the last one is kld_linear, log_normalize.
// Throws Error(bad_input) where the description is no network, Error(unsupported) where it is another one.
std::vector<Block> blocks_of(const Model &description);

// Reads a description: the JSON of docs/formats.md without tensors; classes may be left out.
// Throws Error(bad_input) that names the file and what is wrong.
Model read_description(const std::string &path);

}  // namespace fsd
