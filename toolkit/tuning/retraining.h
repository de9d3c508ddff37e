// Adams2019's cost model, learned anew on this machine and on our operators, by the tools that come with
// Halide.
#pragma once

#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/comparison.h"
#include "toolkit/tuning/journal.h"

#include <csignal>
#include <functional>
#include <string>
#include <vector>

namespace fsd::tuning {

struct RetrainingProgress {
    int samples = 0;     // schedules that were timed, earlier runs included
    int rounds = 0;      // of retraining
    double elapsed = 0;  // seconds, earlier runs included
};

struct RetrainingOptions {
    std::string weights;  // the file; schedules and the log lie in <weights>.samples/
    double budget = 300;  // seconds for schedules, earlier runs included
    double limit = 60;    // seconds for compiling a schedule, and for checking and timing it
    const volatile std::sig_atomic_t *stop = nullptr;
    std::function<void(const RetrainingProgress &)> progress;
};

// What the weights changed at a shape: Adams2019's proposal by the retrained weights beside that by its own.
struct RetrainedShape {
    std::string op;
    Extents shape;
    double own_seconds = 0, retrained_seconds = 0;  // per call
    double default_seconds = 0;                     // of fsdnet's schedule
    Ratio ratio;                                    // retrained / own
    std::string fault;                              // why there is no ratio
};

struct Retraining {
    RetrainingProgress done;
    int wrong = 0, failed = 0;  // schedules that gave no sample
    std::vector<RetrainedShape> shapes;
};

// Draws schedules until the budget is spent, in rounds over all shapes, retrains after each round, and
// compares. The same call goes on where it was interrupted. Throws Error(unsupported) where a tool is
// missing or the weights cannot be written, Error(check_failed) where it was stopped.
Retraining retrain(const BuildTree &tree, const std::vector<Subject> &subjects,
                   const RetrainingOptions &options);

}  // namespace fsd::tuning
