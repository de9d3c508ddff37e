// Loss, accuracy, speed and time left on the standard error: a line that renews itself on a terminal, and one
// line per epoch everywhere.
#pragma once

#include "toolkit/evaluation/evaluation.h"
#include "toolkit/training/trainer.h"

#include <string>

namespace fsd::command_line {

class TrainingProgress {
public:
    // `trainer` must outlive this object. `name` begins each line.
    TrainingProgress(const Trainer &trainer, std::string name);

    void show_step();
    // `seconds`: what the steps of this epoch took, without checkpoint and evaluation. `test` may be nullptr.
    void show_epoch(double seconds, const Evaluation *test);

private:
    void print_epoch(double seconds, const Evaluation *test) const;
    double images_per_second(double seconds) const;
    double seconds_left() const;

    const Trainer &trainer_;
    std::string name_;
    bool terminal_;
    std::int64_t first_step_, epoch_step_;
    double start_, epoch_start_, shown_;
};

}  // namespace fsd::command_line
