// While a run lasts: its progress on the standard error, and a stop in order on Ctrl-C; a second Ctrl-C ends
// the process at once.
#pragma once

#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/training_progress.h"
#include "apps/fsdnet/verb.h"
#include "toolkit/jobs/training_run.h"

#include <optional>
#include <string>

namespace fsd::command_line {

class TrainingWatch {
public:
    // `shows`: the progress; of several processes one does.
    explicit TrainingWatch(bool shows = true) : shows_(shows) {}

    // They refer to this object.
    TrainingEvents events() {
        TrainingEvents events;
        events.begun = [this](const Trainer &trainer, const std::string &name) {
            interruptible_.emplace();
            progress_.emplace(trainer, name);
        };
        if (shows_) {
            events.note = note;
            events.step = [this] { progress_->show_step(); };
            events.epoch = [this](double seconds, const Evaluation *test) {
                progress_->show_epoch(seconds, test);
            };
        }
        events.ended = [this] { interruptible_.reset(); };
        events.is_to_stop = [] { return *Interruptible::flag() != 0; };
        return events;
    }

private:
    const bool shows_;
    std::optional<Interruptible> interruptible_;
    std::optional<TrainingProgress> progress_;
};

}  // namespace fsd::command_line
