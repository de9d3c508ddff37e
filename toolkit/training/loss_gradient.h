// The mean loss over a batch and its gradient with respect to all parameters. Everything is planned when it
// is built; running only calls kernels and allocates nothing.
#pragma once

#include "toolkit/training/batch.h"
#include "toolkit/training/chain.h"
#include "toolkit/training/losses/loss_kind.h"
#include "toolkit/training/trainable_network.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd {

// What the batches of a run hold.
struct BatchFormat {
    int samples = 1;
    bool floats = false;                    // the inputs, instead of bytes
    bool labels = true;                     // the answers are classes
    bool masked = false;                    // pixels may be unobserved; only where has_unobserved_form()
    std::vector<float> class_weights = {};  // by label, of the samples in the loss; empty: all the same
    int whole = 0;  // samples of the batch that these are a part of; 0: they are the batch
};

// Called on the way back once the gradient of all parameters of a layer is there.
using LayerDone = std::function<void(std::size_t layer)>;

class LossGradient {
public:
    // `network` must outlive this object. `loss`: a name, or empty for what suits the network's end.
    // `device`: a name that chosen_device() gave. There the activations and their gradients stay on the
    // device; parameters, which the host changes as well, go back and forth. Throws Error(unsupported) where
    // it fails, Error(usage) where the loss does not fit.
    LossGradient(const TrainableNetwork &network, const std::string &loss, const BatchFormat &format,
                 const std::string &device = "cpu", LayerDone layer_done = nullptr);
    LossGradient(const LossGradient &) = delete;
    LossGradient &operator=(const LossGradient &) = delete;

    Batch batch;

    // Puts the gradient into network.gradient and what the layers remember into network.state.
    void run();
    double loss() const { return loss_->value(); }    // mean over the batch; of a part, its addend to that
    int correct() const { return loss_->correct(); }  // samples whose label has the largest number

    // What each kernel took since `measure`, by op and layer.
    void measure();
    std::map<std::string, Tape::Timing> timings() const;

private:
    void plan_forward();
    void plan_run(const LayerRun &run);
    void plan_loss(int whole);
    void plan_backward();
    void plan_backward(const LayerRun &run);
    void begin(Tape &tape, std::size_t layer) const;
    Activation activation_behind(std::size_t layers, bool on_device) const;

    const TrainableNetwork &network_;
    const LossKind &kind_;
    const int samples_;
    const std::vector<float> class_weights_;
    const LayerDone layer_done_;
    std::unique_ptr<Mirrors> mirrors_ = std::make_unique<Mirrors>();  // at one address, which the calls know
    Tape forward_, backward_;
    TrainableLayers layers_;
    std::vector<Signal> signals_;  // before the first layer and behind each
    std::size_t first_ = 0;        // layer with parameters: the last one that the gradient reaches
    bool through_last_layer_ = false;
    std::unique_ptr<Loss> loss_;
};

}  // namespace fsd
