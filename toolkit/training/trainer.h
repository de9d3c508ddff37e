// Trains a network by the recipe of docs/training.md: minimizes the mean loss with an optimizer whose rate
// falls as a cosine. The weights after each step depend on description, data and options alone (the device
// among them), not on threads, interruptions or the caller's floating-point environment.
#pragma once

#include "toolkit/training/batches.h"
#include "toolkit/training/optimizers/optimizer_kind.h"
#include "toolkit/training/split_gradient.h"
#include "toolkit/training/trainer_options.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

// Means over the batches of one epoch, taken while the weights change.
struct EpochRecord {
    double loss = 0;                                     // nats
    double accuracy = 0;                                 // 0 .. 1; 0 where the answers are numbers
    std::optional<double> held_out_loss = std::nullopt;  // behind the epoch, where somebody has measured it
};

class FloatingPointMode;

class Trainer {
public:
    // `dataset` must outlive the trainer. The model's classes are the data's; a network that gives numbers
    // has none. Throws Error(bad_input) where data and description do not fit, Error(unsupported) where the
    // network cannot be trained or the device is missing or fails, Error(usage) for options that make no
    // sense. With several processes each makes the same trainer and calls the same functions of it; the
    // communicator must outlive it.
    Trainer(Model description, const Dataset &dataset, const TrainingOptions &options,
            Communicator &communicator = alone());

    // Before the first step: begins with the numbers of a model that has these layers and not with drawn
    // ones. Throws Error(bad_input) where it has not.
    void begin_with(const Model &model);

    // Shows the next batch. Throws Error(check_failed) if the loss is no longer a number, Error(unsupported)
    // if the device fails.
    void run_step();

    std::int64_t step() const { return step_; }  // batches shown so far
    std::int64_t steps() const { return std::int64_t(options_.epochs) * batches_.per_epoch(); }
    int steps_per_epoch() const { return batches_.per_epoch(); }
    // All steps are done, or as many epochs as `patience` have not improved on the best one.
    bool finished() const;

    const TrainingOptions &options() const { return options_; }
    // One record per epoch that is complete.
    const std::vector<EpochRecord> &history() const { return history_; }
    // Of the epoch that is under way; zeros at its beginning.
    EpochRecord running() const;
    // Of the optimizer at the step that comes next.
    double rate() const;

    // The caller measures the loss of the held-out samples behind each epoch, before the next step; what is
    // no number counts as infinite. With patience the numbers of the best epoch are kept.
    bool is_judged() const { return history_.empty() || history_.back().held_out_loss; }
    void judge(double held_out_loss);
    // The epoch, from 1, with the smallest held-out loss, the first one of equals; 0: none is judged.
    int best_epoch() const { return best_epoch_; }
    // With patience, at the end of a run: goes back to the numbers of the best epoch. No step may follow.
    void take_best();
    // By label, of the samples in the loss; empty: all count the same.
    const std::vector<float> &class_weights() const { return class_weights_; }

    Communicator &communicator() const { return communicator_; }

    // Indices of the images that were held out.
    const std::vector<int> &holdout() const { return holdout_; }

    // The network as it stands.
    Model model() const { return network_.model(); }
    // The answers are classes, so that accuracies mean something.
    bool has_classes() const { return !dataset_.is_regression(); }

    // A checkpoint is one .safetensors file (docs/formats.md). Loading one gives exactly the trainer that
    // saved it. `load` throws Error(bad_input) where the file is damaged or belongs to other data, options or
    // another network. Of several processes one loads what all then have.
    void save(const std::string &path) const;
    void load(const std::string &path);

    // Throws CommonError where the other processes would not take the same course.
    void check_agreement() const;

    // What each kernel took since `measure`, by op and layer.
    void measure();
    std::map<std::string, Tape::Timing> timings() const;

private:
    Trainer(const FloatingPointMode &, Model description, const Dataset &dataset,
            const TrainingOptions &options, Communicator &communicator);
    void plan_step();
    void plan_decay();
    void check_parameters() const;
    void finish_epoch();
    std::map<std::string, std::string> identity() const;
    static std::string checksum_of(const Tensor &tensor);

    void load_alone(const std::string &path);
    void share_loaded();
    std::map<std::string, Tensor> vectors() const;
    std::map<std::string, Tensor> network_vectors() const;
    void find_best_epoch();

    const Dataset &dataset_;
    const TrainingOptions options_;
    TrainableNetwork network_;
    const std::vector<int> holdout_;
    const std::vector<float> class_weights_;
    Batches batches_;
    Communicator &communicator_;
    SplitGradient gradient_;
    Tape prepare_, update_;
    std::unique_ptr<Optimizer> optimizer_;
    std::vector<Call *> decays_;  // on update_
    Batch *part_ = nullptr;       // of the batch, and its first sample: what prepare_ fills
    int first_of_part_ = 0;
    std::int64_t step_ = 0;
    double loss_sum_ = 0;  // over the steps of this epoch
    std::int64_t correct_sum_ = 0;
    std::vector<EpochRecord> history_;
    int best_epoch_ = 0;
    std::map<std::string, Tensor> best_;  // with patience: network_vectors() behind that epoch
    std::string beginning_;               // which numbers it began with, where they were not drawn
};

}  // namespace fsd
