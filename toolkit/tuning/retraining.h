// Adams2019's cost model, learned anew on this machine and on our operators, by the tools that come with
// Halide.
#pragma once

#include "toolkit/system/clock.h"
#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/comparison.h"
#include "toolkit/tuning/journal.h"

#include <csignal>
#include <functional>
#include <string>
#include <vector>

namespace fsd::tuning {

// All numbers include those of earlier runs.
struct RetrainingProgress {
    int samples = 0;     // schedules that were timed
    int learned = 0;     // those of them that the weights have seen
    int rounds = 0;      // of retraining
    double elapsed = 0;  // seconds
};

struct RetrainingOptions {
    std::string weights;           // the file; schedules and the log lie in <weights>.samples/
    double budget = 300;           // seconds in all, earlier runs included; the last third is for comparing
    double began = seconds_now();  // from when on this run's time counts
    double limit = 60;             // seconds for compiling a schedule, and for checking and timing it
    int schedules = 1 << 30;       // most of them that are drawn
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
    bool left_out = false;                          // the budget ended before
};

struct Retraining {
    RetrainingProgress done;
    int wrong = 0, failed = 0;  // schedules that gave no sample
    std::vector<RetrainedShape> shapes;
};

// Draws schedules in rounds over all shapes, retrains after each round, and compares, all within the budget:
// what it ends is given up, whether schedule, training or comparison. The first schedule is drawn and learned
// from whatever the budget is. The same call goes on where it was interrupted, and compares only what it has
// not compared by these weights. Throws Error(unsupported) where a tool is missing or the weights cannot be
// written, Error(check_failed) where it was stopped.
Retraining retrain(const BuildTree &tree, const std::vector<Subject> &subjects,
                   const RetrainingOptions &options);

}  // namespace fsd::tuning
