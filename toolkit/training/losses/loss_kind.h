// What training minimizes, as data and a function. Each loss is one file in toolkit/training/losses/ and one
// line in its CMakeLists.txt (docs/howto/add-a-loss.md).
#pragma once

#include "runtime/models/activations.h"
#include "toolkit/training/batch.h"
#include "toolkit/training/tape.h"

#include <functional>
#include <memory>

namespace fsd {

// Where the chain of layers ends. The loss writes the gradient of the mean loss over the batch; of a part of
// the batch, what the part adds to that mean.
struct LossEnd {
    Tensor result;    // [sample, number]: what the network says
    Tensor d_result;  // the same shape; where the kind goes through the last layer, of that layer's input
    const Batch &batch;
    bool through_last_layer = false;
    std::vector<float> class_weights = {};  // by label; empty: all samples count the same
    int whole = 0;                          // samples of the batch that this is a part of; 0: it is no part

    int samples_of_mean() const { return whole > 0 ? whole : batch.samples(); }
};

class Loss {
public:
    explicit Loss(LossEnd end) : end_(std::move(end)) {}
    virtual ~Loss() = default;
    Loss(const Loss &) = delete;  // tapes refer to it
    Loss &operator=(const Loss &) = delete;

    // Adds what computes loss and gradient from the result. Both belong to the host.
    virtual void plan(Tape &tape) = 0;
    // After a run: the mean over the batch, or the part's addend to it.
    virtual double value() const = 0;
    // After a run: samples whose label has the largest number; 0 without labels.
    int correct() const;

protected:
    const LossEnd end_;
};

// A loss that is the mean of those of the samples, each of which a kernel gives with its gradient; each one
// counts as much as its class.
class MeanLoss : public Loss {
public:
    explicit MeanLoss(const LossEnd &end);
    double value() const override;

protected:
    // The gradient of each sample's loss becomes that of their mean.
    void plan_mean(Tape &tape);

    Tensor loss_;  // [sample]

private:
    void weight_samples();
};

struct LossKind {
    std::string name;
    ActivationKind takes = ActivationKind::real;  // what the last layer must give
    bool is_mean = true;                          // over the samples, so that they can be weighted
    bool wants_numbers = false;  // targets; data sets with classes give 1 for the label and 0 for the others
    // It goes back through a last layer of this op by itself; empty: it does not.
    std::string through;
    std::function<std::unique_ptr<Loss>(const LossEnd &end)> make;
};

// "cross_entropy (of log-probabilities), ...".
std::string loss_names();

// Throws Error(usage) where the loss is none whose samples can be weighted.
void check_class_weights(const LossKind &kind, const std::vector<float> &class_weights);

// By name; where it is empty the first one that takes what the network gives.
// Throws Error(usage) where there is none that the two allow.
const LossKind &loss_kind(const std::string &name, ActivationKind given);

}  // namespace fsd
