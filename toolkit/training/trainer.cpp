// One step: batch, gradient, Adam.
#include "toolkit/training/trainer.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "toolkit/training/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd {
namespace {

constexpr double beta1 = 0.9, beta2 = 0.999, smallest_divisor = 1e-8;
constexpr double last_rate = 0.005;  // as a share of the first

TrainingOptions with_chosen_device(TrainingOptions options) {
    options.device = chosen_device(options.device);
    return options;
}

void check_warps(const Augmentation &augmentation) {
    const double turn = augmentation.turn, zoom = augmentation.zoom;
    if (!(turn >= 0 && turn <= 180 && zoom >= 0 && zoom < 1)) {
        throw Error(
            ExitCode::usage,
            text("Images can be turned by 0 to 180 degrees and scaled by 0 up to below 1; found turn ", turn,
                 " and zoom ", zoom, "."));
    }
}

void check_options(const TrainingOptions &options, const Dataset &dataset) {
    check_warps(options.augmentation);
    const int height = shape_of(dataset.images)[1], width = shape_of(dataset.images)[2];
    if (options.epochs < 1 || options.batch < 1 || !(options.rate > 0) || !std::isfinite(options.rate) ||
        options.augmentation.shift < 0 || options.augmentation.shift >= std::min(height, width) ||
        options.holdout < 0) {
        throw Error(ExitCode::usage,
                    text("Training needs at least one epoch, a batch of at least one image, a rate above 0, "
                         "a shift of 0 to ",
                         std::min(height, width) - 1, " pixels and no negative hold-out; found ",
                         options.epochs, " epochs, batch ", options.batch, ", rate ", options.rate,
                         ", shift ", options.augmentation.shift, ", hold-out ", options.holdout, "."));
    }
}

// The description for these data.
Model fitted(Model description, const Dataset &dataset) {
    const Shape images = shape_of(dataset.images);
    const Input &input = description.input;
    if (Shape{images[1], images[2], images[3]} != Shape{input.height, input.width, input.colors}) {
        throw Error(ExitCode::bad_input,
                    text("The network takes images of ", input.height, " x ", input.width, " pixels with ",
                         input.colors, " colors; ", dataset.source, " has ", images[1], " x ", images[2],
                         " with ", images[3], "."));
    }
    if (!description.classes.empty() && description.classes != dataset.classes) {
        throw Error(ExitCode::bad_input, text("The network's description names other classes than ",
                                              dataset.source, "; leave them out of the description."));
    }
    description.classes = dataset.classes;
    return description;
}

// The samples 0 .. count - 1 in random order.
std::vector<int> permutation(int count, std::uint64_t seed) {
    std::vector<int> samples(count);
    std::iota(samples.begin(), samples.end(), 0);
    Random(seed, Stream::holdout).shuffle(samples);
    return samples;
}

std::vector<int> held_out(const Dataset &dataset, const TrainingOptions &options) {
    std::vector<int> samples = permutation(shape_of(dataset.images)[0], options.seed);
    samples.resize(std::min<std::size_t>(samples.size(), options.holdout));
    std::sort(samples.begin(), samples.end());
    return samples;
}

std::vector<int> the_others(const std::vector<int> &holdout, int count) {
    std::vector<int> all(count), others;
    std::iota(all.begin(), all.end(), 0);
    std::set_difference(all.begin(), all.end(), holdout.begin(), holdout.end(), std::back_inserter(others));
    return others;
}

}  // namespace

Trainer::Trainer(Model description, const Dataset &dataset, const TrainingOptions &options)
    : description_(fitted(std::move(description), dataset)),
      dataset_(dataset),
      options_((check_options(options, dataset), with_chosen_device(options))),
      blocks_(blocks_of(description_)),
      holdout_(held_out(dataset, options)),
      batches_(dataset, the_others(holdout_, shape_of(dataset.images)[0]), options.batch,
               options.augmentation, options.seed),
      parameters_(blocks_),
      gradient_(blocks_, parameters_, options.batch, options_.device),
      prepare_(Place::on(options_.device, nullptr)),
      update_(Place::on(options_.device, nullptr)) {
    parameters_.initialize(options.seed);
    plan_step();
}

void Trainer::plan_step() {
    prepare_.add("batch", [this] {
        const std::int64_t per_epoch = steps_per_epoch();
        batches_.fill(static_cast<int>(step_ / per_epoch), static_cast<int>(step_ % per_epoch),
                      gradient_.images, gradient_.labels);
    });
    adam_ = &update_.add("adam");
    adam_->set("parameter", parameters_.values).set("updated_parameter", parameters_.values);
    adam_->set("gradient", parameters_.gradient);
    adam_->set("moment1", parameters_.moment1).set("updated_moment1", parameters_.moment1);
    adam_->set("moment2", parameters_.moment2).set("updated_moment2", parameters_.moment2);
    adam_->set("beta1", beta1).set("beta2", beta2).set("epsilon", smallest_divisor);
}

// Of the step that comes next.
double Trainer::rate() const {
    constexpr double pi = 3.141592653589793;
    const double done = static_cast<double>(step_) / static_cast<double>(steps());
    return options_.rate * std::max(last_rate, (1 + std::cos(pi * done)) / 2);
}

void Trainer::set_rates() {
    const auto count = static_cast<double>(step_ + 1);
    adam_->set("rate", rate());
    adam_->set("correction1", 1 - std::pow(beta1, count)).set("correction2", 1 - std::pow(beta2, count));
}

void Trainer::run_step() {
    prepare_.run();
    gradient_.run();
    const double loss = gradient_.loss();
    if (!std::isfinite(loss)) {
        throw Error(ExitCode::check_failed, text("Training failed: the loss is ", loss, " at step ",
                                                 step_ + 1, ". Try a smaller rate."));
    }
    set_rates();
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
