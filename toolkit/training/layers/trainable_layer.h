// One layer during training steps: what it adds to the tapes that run forward and back.
#pragma once

#include "runtime/models/activations.h"
#include "toolkit/training/tape.h"

#include <string>
#include <vector>

namespace fsd {

// A layer where it stands in the network that is trained.
struct LayerSite {
    const Model &description;  // outlives whatever is made for the site
    std::size_t index;
    ActivationType input, output;

    const Layer &layer() const { return description.layers[index]; }
};

// The activations between two layers and the gradient of the loss with respect to them, by the batch.
struct Signal {
    Activation value;
    Activation gradient;  // without numbers where nobody needs it, e.g. for the network's input

    bool has_gradient() const { return gradient.numbers.data() != nullptr; }
};

// An activation of the layer that its gradient reads, as the backward kernel calls it.
struct BackwardRead {
    std::string argument;
    enum Which { input, output } which;
};

// Without parameters it is the layer itself: the kernel of the layer's op, and back the kernel
// <op>_backward, which reads what `reads` says. Layers with parameters derive from it; they own nothing but
// views of the network's flat vectors and what is computed from them in each step.
class TrainableLayer {
public:
    TrainableLayer(LayerSite site, std::vector<BackwardRead> reads)
        : site_(std::move(site)), reads_(std::move(reads)) {}
    virtual ~TrainableLayer() = default;
    TrainableLayer(const TrainableLayer &) = delete;  // tapes refer to it
    TrainableLayer &operator=(const TrainableLayer &) = delete;

    const LayerSite &site() const { return site_; }
    bool reads(BackwardRead::Which which) const;
    virtual bool has_parameters() const { return false; }

    // The ops that compute it, preferred first: alone, or joined to those of the layers behind it.
    virtual std::vector<std::string> ops() const;
    // Says which of them does.
    virtual void choose(const std::string &) {}

    // It may be the first layer and read the success probabilities of Bernoulli variables instead of their
    // states; from take_success_probability() on it does. Asked once its op is chosen.
    virtual bool can_take_success_probability() const { return false; }
    virtual void take_success_probability() {}

    // Adds what must run before the kernel: arguments made from raw parameters.
    virtual void plan_arguments(Tape &) {}
    // Binds everything but activations to the kernel that computes it, alone or with other layers.
    virtual void bind(Step &step);
    // Adds what must run behind the kernel that gives `output`.
    virtual void plan_results(Tape &, const Activation & /*output*/) {}

    // Adds the gradients of the parameters and, where it is wanted, of the input. Layers without parameters
    // bind to a kernel that may go back through several of them.
    virtual void plan_backward(Tape &, const Signal &input, const Signal &output);
    void bind_backward(Step &step, const Signal &input, const Signal &output);

protected:
    // Scalars of the kernel that are the layer's attributes and numbers.
    void bind_scalars(Step &step) const;

private:
    const LayerSite site_;
    const std::vector<BackwardRead> reads_;
};

// Binds `activation` to the one buffer of the kernel that is not bound yet, among inputs or outputs.
void bind_rest(Step &step, halide_argument_kind_t kind, const Activation &activation);

}  // namespace fsd
