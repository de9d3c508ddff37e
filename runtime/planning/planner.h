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
    bool success_probability = false;    // the first layer reads P(1) alone of each Bernoulli variable
    Activation input;                    // what the first layer reads
    std::vector<Step> in_order;          // of the layers
    // Of each step; none of a step that computes evidence alone.
    std::vector<std::optional<Activation>> outputs;
    Activation result;  // of the last layer
    // Where it is planned, of each normalized layer [y, x, group, 1]; its mean is the layer's.
    std::vector<Activation> evidence;
    std::vector<Tensor> owned;  // what the steps refer to: buffers and parameters
};

// What is planned besides the layers.
struct RunForm {
    bool masked = false;    // the first layer reads both states of each variable, so that both can be 0
    bool evidence = false;  // normalizations give their evidence, too
};

// The input has variables that may be unobserved: Bernoulli states, read by a KLD layer.
bool has_unobserved_form(const Model &model);

// Throw Error(unsupported) where it has none, and where the model has no fit of its novelty.
void need_unobserved_form(const Model &model);
void need_novelty(const Model &model);

// Indices of the layers that give exact posteriors, each of which has an evidence.
std::vector<std::size_t> normalized_layers(const Model &model);

// The model must be valid (check_model), and has_unobserved_form() where the form is masked. Throws
// Error(unsupported) where a kernel is missing or does not fit.
Steps plan(const Model &model, const NetworkOptions &options, const RunForm &form = {});

}  // namespace fsd
