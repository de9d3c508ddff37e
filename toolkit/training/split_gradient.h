// The gradient of a batch that is split into parts, each computed by itself, by this process or by another
// one. The bits depend on the number of parts and not on that of the processes; one part is the batch itself.
//
// What a layer remembers of a batch (running statistics) becomes the mean of what the parts leave, each part
// counting as many samples as it has.
#pragma once

#include "toolkit/training/loss_gradient.h"
#include "toolkit/training/part_sum.h"

#include <functional>
#include <map>
#include <memory>

namespace fsd {

class SplitGradient {
public:
    // `format`: of the whole batch. `parts`: at least as many as there are processes, at most as many as
    // samples. Otherwise as LossGradient; `network` and `communicator` must outlive this object.
    SplitGradient(TrainableNetwork &network, const std::string &loss, const BatchFormat &format,
                  const std::string &device, int parts, Communicator &communicator);

    // Puts samples of the batch, those from the one at `first` on, into the tensors of `part`.
    using Fill = std::function<void(int first, Batch &part)>;
    // Puts the batch's gradient into network.gradient and what the layers remember into network.state, in all
    // processes; where it throws the state is as it was.
    void run(const Fill &fill);
    double loss() const { return loss_; }     // mean over the batch
    int correct() const { return correct_; }  // samples whose label has the largest number

    // What each kernel took since `measure` in this process, by op and layer; "sum_of_parts" is the wait for
    // the sums that the way back has left.
    void measure();
    std::map<std::string, Tape::Timing> timings() const;

private:
    void plan_parts(const std::string &loss, const BatchFormat &format, const std::string &device);
    void plan_sums();
    void run_part(int part, const Fill &fill);
    void add_state(int part);
    void layer_done(std::size_t layer);
    void finish();
    void take_losses();
    int first_sample(int part) const { return begin_of_share(part, tree_.parts(), samples_); }
    int samples_of(int part) const { return first_sample(part + 1) - first_sample(part); }

    TrainableNetwork &network_;
    Communicator &communicator_;
    const int samples_;
    const PartTree tree_;
    std::map<int, std::unique_ptr<LossGradient>> gradients_;  // by number of samples
    std::vector<std::unique_ptr<PartSum>> sums_;  // in the order in which they are complete on the way back
    std::vector<PartSum *> sum_behind_;           // by layer: complete once it is done; nullptr: none
    PartSum *sum_of_state_ = nullptr;
    Tensor state_before_;
    std::vector<double> losses_;  // of each part of the batch: loss, correct samples
    Traffic collection_of_losses_;
    Tape finish_;
    int part_ = 0;  // that is computed
    double loss_ = 0;
    int correct_ = 0;
};

}  // namespace fsd
