// How a kind of layer learns, as data and small functions. Each is one file in toolkit/training/layers/ and
// one line in its CMakeLists.txt (docs/howto/train-a-layer.md); the network that is trained asks the kind and
// knows no names.
#pragma once

#include "toolkit/training/layers/trainable_layer.h"
#include "toolkit/training/random.h"

#include <functional>
#include <map>
#include <memory>

namespace fsd {

// What training changes: numbers of a layer, from which the tensors of the model file follow.
struct RawParameter {
    std::string role;  // that of the tensor, where it is stored as it is
    Shape shape;
    // The number that training begins with; `counter` tells apart those of a layer. Undefined: 0.
    std::function<double(const Random &random, std::uint64_t counter)> initial = nullptr;
    bool decays = false;  // weight decay applies to it
};

// What training steps leave for inference and no gradient changes, e.g. running means.
struct RunningState {
    std::string role;
    Shape shape;
    float initial = 0;
};

// A layer's views of the network's flat vectors, by role; float32, dense.
struct LayerNumbers {
    std::map<std::string, Tensor> values, gradient, state;
};

struct TrainableKind {
    std::string name;  // of the layer kind

    std::function<std::vector<RawParameter>(const LayerSite &site)> parameters = nullptr;
    std::function<std::vector<RunningState>(const LayerSite &site)> state = nullptr;

    std::function<std::unique_ptr<TrainableLayer>(const LayerSite &site, const LayerNumbers &numbers)> make;

    // The tensors of the model file, by role. Undefined: parameters and state as they are.
    std::function<std::map<std::string, Tensor>(const LayerSite &site, const LayerNumbers &numbers)> tensors =
        nullptr;

    // The other way: parameters that stand for the tensors of a model file, by role. Undefined: as they are.
    std::function<std::map<std::string, Tensor>(const std::map<std::string, Tensor> &tensors)> from_tensors =
        nullptr;

    // Why it cannot be trained where it stands; empty: it can. Undefined: always.
    std::function<std::string(const LayerSite &site)> refusal = nullptr;
};

// Throws Error(unsupported) that names the layer and says what can be trained.
const TrainableKind &trainable_kind(const LayerSite &site);

// A kind without parameters: an op with the gradient <op>_backward.
TrainableKind function_kind(const std::string &name, const std::vector<BackwardRead> &reads = {});

// The refusal of kinds that stand in for a normalization when they read evidence.
std::string refuses_evidence(const LayerSite &site);

// Initial values.
std::function<double(const Random &, std::uint64_t)> normal(double deviation);
std::function<double(const Random &, std::uint64_t)> uniform(double bound);  // in -bound .. bound
std::function<double(const Random &, std::uint64_t)> constant(double value);

}  // namespace fsd
