// Chooses the kernels of a network and binds every buffer, once.
#pragma once

#include "runtime/devices/mirror.h"
#include "runtime/network.h"
#include "runtime/planning/step.h"

#include <optional>

namespace fsd {

// How a batch of inputs becomes what the first layer reads.
struct Entry {
    Tensor staged;             // the batch's inputs, dense; undefined where they are read in place
    std::optional<Step> step;  // reads them; none where they are what the first layer reads
};

struct Steps {
    std::string device;  // "cpu", "cuda", "opencl"
    // On a device of the input, the activations and the parameters; at one address, which the steps' calls
    // know.
    std::unique_ptr<Mirrors> mirrors = std::make_unique<Mirrors>();
    std::optional<Entry> bytes, floats;  // none where the input takes no such numbers or a kernel is missing
    int batch = 0;                       // samples that fit the buffers
    Activation input;                    // what the first layer reads
    std::vector<Step> in_order;          // of the layers
    std::vector<Activation> outputs;     // of each step
    std::vector<Tensor> owned;           // what the steps refer to: buffers and parameters
};

// The model must be valid (check_model). Throws Error(unsupported) where a kernel is missing or does not fit.
Steps plan(const Model &model, const NetworkOptions &options);

}  // namespace fsd
