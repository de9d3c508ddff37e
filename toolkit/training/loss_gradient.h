// The mean loss over a batch and its gradient with respect to all parameters. Everything is planned when it
// is built; running only calls kernels and allocates nothing.
#pragma once

#include "toolkit/training/hidden_block.h"
#include "toolkit/training/last_block.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fsd {

class LossGradient {
public:
    // `parameters` are those of `blocks` and must outlive this object, as must their flat vectors' memory.
    // `device`: a name that chosen_device() gave. There the activations and their gradients stay on the
    // device; parameters, which the host changes as well, go back and forth. Throws Error(unsupported) where
    // it fails.
    LossGradient(const std::vector<Block> &blocks, const Parameters &parameters, int batch,
                 const std::string &device = "cpu");

    Tensor images;  // uint8 [sample, y, x, color]: the batch
    Tensor labels;  // int32 [sample]

    // Puts the gradient into parameters.gradient.
    void run();
    double loss() const { return last_->loss(); }     // nats
    int correct() const { return last_->correct(); }  // images whose label is most probable

    // What each kernel took since `measure`, by op and layer.
    void measure();
    std::map<std::string, Tape::Timing> timings() const;

private:
    Observed plan_input(const Block &first, bool log_odds);

    std::unique_ptr<Mirrors> mirrors_ = std::make_unique<Mirrors>();  // at one address, which the calls know
    Place place_;
    Tape input_;
    std::vector<std::unique_ptr<HiddenBlock>> hidden_;
    std::unique_ptr<LastBlock> last_;
};

}  // namespace fsd
