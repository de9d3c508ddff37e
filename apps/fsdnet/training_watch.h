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
    // They refer to this object.
    TrainingEvents events() {
        TrainingEvents events;
        events.note = note;
        events.begun = [this](const Trainer &trainer, const std::string &name) {
            interruptible_.emplace();
            progress_.emplace(trainer, name);
        };
        events.step = [this] { progress_->show_step(); };
        events.epoch = [this](double seconds, const Evaluation *test) {
            progress_->show_epoch(seconds, test);
        };
        events.ended = [this] { interruptible_.reset(); };
        events.is_to_stop = [] { return *Interruptible::flag() != 0; };
        return events;
    }

private:
    std::optional<Interruptible> interruptible_;
    std::optional<TrainingProgress> progress_;
};

}  // namespace fsd::command_line
