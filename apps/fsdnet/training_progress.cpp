// Formats and times the progress.
#include "apps/fsdnet/training_progress.h"

#include "apps/fsdnet/verb.h"
#include "toolkit/system/clock.h"

#include <cmath>
#include <cstdio>

namespace fsd::command_line {
namespace {

constexpr double seconds_between_lines = 0.2;

std::string duration_text(double seconds) {
    const long whole = std::lround(seconds);
    char out[48];
    if (whole >= 3600) {
        std::snprintf(out, sizeof out, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        std::snprintf(out, sizeof out, "%ld:%02ld", whole / 60, whole % 60);
    }
    return out;
}

std::string record_text(const Trainer &trainer, std::size_t epoch, const EpochRecord &record) {
    char out[96];
    const int length = std::snprintf(out, sizeof out, "epoch %zu/%d  loss %.4f", epoch,
                                     trainer.options().epochs, record.loss);
    if (trainer.has_classes()) {
        std::snprintf(out + length, sizeof out - length, "  accuracy %.2f %%", 100 * record.accuracy);
    }
    return out;
}

}  // namespace

TrainingProgress::TrainingProgress(const Trainer &trainer, std::string name)
    : trainer_(trainer),
      name_(std::move(name)),
      terminal_(shows_progress()),
      first_step_(trainer.step()),
      epoch_step_(trainer.step()),
      start_(seconds_now()),
      epoch_start_(start_),
      shown_(start_) {}

double TrainingProgress::images_per_second(double seconds) const {
    return static_cast<double>(trainer_.step() - epoch_step_) * trainer_.options().batch / seconds;
}

double TrainingProgress::seconds_left() const {
    const auto done = static_cast<double>(trainer_.step() - first_step_);
    return (seconds_now() - start_) / done * static_cast<double>(trainer_.steps() - trainer_.step());
}

void TrainingProgress::show_step() {
    if (!terminal_ || seconds_now() - shown_ < seconds_between_lines || trainer_.running().loss == 0) {
        return;
    }
    shown_ = seconds_now();
    std::fprintf(stderr, "\r%s%s  %.0f images/s  %s left\033[K", name_.c_str(),
                 record_text(trainer_, trainer_.history().size() + 1, trainer_.running()).c_str(),
                 images_per_second(seconds_now() - epoch_start_), duration_text(seconds_left()).c_str());
    std::fflush(stderr);
}

void TrainingProgress::show_epoch(double seconds, const Evaluation *test) {
    if (!is_quiet()) {
        print_epoch(seconds, test);
    }
    epoch_step_ = trainer_.step();
    epoch_start_ = seconds_now();
}

void TrainingProgress::print_epoch(double seconds, const Evaluation *test) const {
    std::fprintf(stderr, "%s%s%s  %.0f images/s", terminal_ ? "\r" : "", name_.c_str(),
                 record_text(trainer_, trainer_.history().size(), trainer_.history().back()).c_str(),
                 images_per_second(seconds));
    if (const std::optional<double> &held_out = trainer_.history().back().held_out_loss) {
        std::fprintf(stderr, "  held-out loss %.4f", *held_out);
    }
    if (test) {
        std::fprintf(stderr, "  test accuracy %.2f %%  nll %.4f", 100 * test->accuracy, test->nll);
    }
    std::fprintf(stderr, "  %s left%s\n", duration_text(seconds_left()).c_str(), terminal_ ? "\033[K" : "");
}

}  // namespace fsd::command_line
