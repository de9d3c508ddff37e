// Chooses the kernels of a network and binds every buffer, once.
#pragma once

#include "runtime/devices/mirror.h"
#include "runtime/network.h"
#include "runtime/planning/step.h"

namespace fsd {

struct Steps {
    std::string device;  // "cpu", "cuda", "opencl"
    // On a device of the image, the activations and the parameters; at one address, which the steps' calls
    // know.
    std::unique_ptr<Mirrors> mirrors = std::make_unique<Mirrors>();
    Tensor image;                     // on a device: the batch's images, dense; else undefined
    int batch = 0;                    // samples that fit the buffers
    std::vector<Step> in_order;       // the first one takes `image`
    std::vector<Activation> outputs;  // of each step
    std::vector<Tensor> owned;        // what the steps refer to: buffers and parameters
};

// The model must be valid (check_model). Throws Error(unsupported) where a kernel is missing or does not fit.
Steps plan(const Model &model, const NetworkOptions &options);

}  // namespace fsd
