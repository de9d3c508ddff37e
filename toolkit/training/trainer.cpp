// One step: batch, gradient, decay, optimizer.
#include "toolkit/training/trainer.h"

#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "runtime/system/floating_point.h"
#include "toolkit/training/class_weights.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace fsd {
namespace {

constexpr double last_rate = 0.005;  // as a share of the first

void copy(const std::map<std::string, Tensor> &from, std::map<std::string, Tensor> to) {
    for (auto &[name, tensor] : to) {
        std::memcpy(tensor.data(), from.at(name).data(), tensor.size_in_bytes());
    }
}

}  // namespace

// The environment holds while the trainer is made.
Trainer::Trainer(Model description, const Dataset &dataset, const TrainingOptions &options,
                 Communicator &communicator)
    : Trainer(FloatingPointMode::standard(), std::move(description), dataset, options, communicator) {}

Trainer::Trainer(const FloatingPointMode &, Model description, const Dataset &dataset,
                 const TrainingOptions &options, Communicator &communicator)
    : dataset_(dataset),
      options_(checked_options(options, dataset, communicator.size())),
      network_(fitted_description(std::move(description), dataset, options_.augmentation)),
      holdout_(held_out(dataset, options)),
      class_weights_(fsd::class_weights(options.class_weights, dataset, all_but(holdout_, dataset))),
      batches_(dataset, all_but(holdout_, dataset), options.batch, options.augmentation, options.seed),
      communicator_(communicator),
      gradient_(network_, options.loss,
                {options.batch, dataset.is_numeric(), !dataset.is_regression(),
                 options.augmentation.unobserved > 0, class_weights_},
                options_.device, options_.parts, communicator),
      prepare_(Place::on(options_.device, nullptr)),
      update_(Place::on(options_.device, nullptr)),
      optimizer_(optimizer_kind(options.optimizer).make({options.momentum})) {
    network_.initialize(options.seed);
    if (options.patience > 0) {
        for (const auto &[name, tensor] : network_vectors()) {
            best_[name] = make_tensor<float>(shape_of(tensor));
        }
    }
    plan_step();
}

void Trainer::plan_step() {
    prepare_.add("batch", [this] {
        const std::int64_t per_epoch = steps_per_epoch();
        batches_.fill(static_cast<int>(step_ / per_epoch), static_cast<int>(step_ % per_epoch), *part_,
                      first_of_part_);
    });
    if (options_.weight_decay > 0) {
        plan_decay();
    }
    optimizer_->plan(update_, network_.values, network_.gradient);
}

void Trainer::plan_decay() {
    for (const Tensor &weights : network_.decaying()) {
        Call &decay = update_.add("weight_decay");
        decay.set("parameter", weights).set("updated_parameter", weights);
        decays_.push_back(&decay);
    }
}

void Trainer::begin_with(const Model &model) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    network_.take_from(model);
    beginning_ = ", begun with numbers of checksum " + checksum_of(network_.values);
}

double Trainer::rate() const {
    constexpr double pi = 3.141592653589793;
    const double done = static_cast<double>(step_) / static_cast<double>(steps());
    return options_.rate * std::max(last_rate, (1 + std::cos(pi * done)) / 2);
}

void Trainer::run_step() {
    const FloatingPointMode mode = FloatingPointMode::standard();
    gradient_.run([this](int first, Batch &part) {
        part_ = &part;
        first_of_part_ = first;
        prepare_.run();
    });
    const double loss = gradient_.loss();
    if (!std::isfinite(loss)) {
        throw Error(ExitCode::check_failed, text("Training failed: the loss is ", loss, " at step ",
                                                 step_ + 1, ". Try a smaller rate."));
    }
    optimizer_->set_rate(rate(), static_cast<double>(step_ + 1));
    for (Call *decay : decays_) {
        decay->set("keep", 1 - rate() * options_.weight_decay);
    }
    update_.run();
    step_++;
    loss_sum_ += loss;
    correct_sum_ += gradient_.correct();
    if (step_ % steps_per_epoch() == 0) {
        finish_epoch();
    }
}

// Far too large a rate can leave the loss finite and the parameters without a distribution.
void Trainer::check_parameters() const {
    try {
        check_model(model());
    } catch (const Error &error) {
        throw Error(ExitCode::check_failed,
                    text("Training failed by step ", step_, ": ", error.what(), " Try a smaller rate."));
    }
}

void Trainer::finish_epoch() {
    check_parameters();
    const double steps = steps_per_epoch();
    history_.push_back({loss_sum_ / steps, static_cast<double>(correct_sum_) / (steps * options_.batch)});
    loss_sum_ = 0;
    correct_sum_ = 0;
}

bool Trainer::finished() const {
    const int epochs = static_cast<int>(history_.size());
    const bool in_vain =
        options_.patience > 0 && best_epoch_ > 0 && epochs - best_epoch_ >= options_.patience;
    return step_ == steps() || (in_vain && step_ % steps_per_epoch() == 0);
}

void Trainer::judge(double held_out_loss) {
    history_.back().held_out_loss =
        std::isnan(held_out_loss) ? std::numeric_limits<double>::infinity() : held_out_loss;
    find_best_epoch();
    if (best_epoch_ == static_cast<int>(history_.size()) && !best_.empty()) {
        copy(network_vectors(), best_);
    }
}

void Trainer::find_best_epoch() {
    best_epoch_ = 0;
    for (std::size_t i = 0; i < history_.size(); i++) {
        const std::optional<double> &loss = history_[i].held_out_loss;
        if (loss && (best_epoch_ == 0 || *loss < *history_[best_epoch_ - 1].held_out_loss)) {
            best_epoch_ = static_cast<int>(i) + 1;
        }
    }
}

void Trainer::take_best() {
    if (best_epoch_ > 0 && !best_.empty()) {
        copy(best_, network_vectors());
    }
}

void Trainer::measure() {
    prepare_.measure();
    gradient_.measure();
    update_.measure();
}

std::map<std::string, Tape::Timing> Trainer::timings() const {
    std::map<std::string, Tape::Timing> timings = gradient_.timings();
    prepare_.add_timings(timings);
    update_.add_timings(timings);
    return timings;
}

EpochRecord Trainer::running() const {
    const auto steps = static_cast<double>(step_ % steps_per_epoch());
    return steps == 0
               ? EpochRecord{}
               : EpochRecord{loss_sum_ / steps, static_cast<double>(correct_sum_) / (steps * options_.batch)};
}

}  // namespace fsd
