// A training from files to a file: read, train, calibrate, train again on all, write.
#pragma once

#include "runtime/network.h"
#include "toolkit/evaluation/calibration.h"
#include "toolkit/jobs/training_run.h"
#include "toolkit/system/file_roles.h"
#include "toolkit/training/trainer.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

struct TrainingJob {
    std::string data, output;
    std::string
        description;  // empty: a starter network that fits the data (toolkit/starters/starter_network.h)
    std::string starter = "medium";  // its size
    ImageFormat starter_format;  // what it reads; zeros: what the data hold (toolkit/starters/starter_data.h)
    std::string labels;          // the .npy file that belongs to the .npy file `data`; else empty
    std::string checkpoint;      // empty: <output>.checkpoint, removed at the end
    TrainingOptions recipe;      // but for the hold-out; its device is one that chosen_device() gave

    // For the networks that are evaluated on the way.
    NetworkOptions network_options() const {
        NetworkOptions options;
        options.device = recipe.device;
        return options;
    }
    // The processes that all run this job; they outlive it. nullptr: this one alone. The one of rank 0 reads
    // and writes checkpoints, writes the model and reports.
    Communicator *communicator = nullptr;
    Communicator &processes() const { return communicator ? *communicator : alone(); }

    int holdout = -1;  // -1: one in twelve
    int images = 0;    // training samples, evenly spaced among all; 0: all
    bool refit = false, resume = false, evaluate = false, profile = false;
};

// One training from its first epoch to its last.
struct FinishedRun {
    std::string name;  // "hold-out" and "all" with --refit, else ""
    const Trainer &trainer;
    const RunResult &run;
};

struct TrainingOutcome {
    const Dataset &dataset;
    const Dataset *test;  // nullptr: not evaluated
    const Trainer &trainer;
    const RunResult &run;
    const std::optional<Calibration> &calibration;
    const Model &model;             // as written
    int holdout;                    // samples that training did not see
    std::vector<FinishedRun> runs;  // in their order; the last one is `trainer` and `run`
};

// Training samples that are held out where nobody says how many: one in twelve, or none of a small set.
int usual_holdout(const Dataset &dataset);

// The files that the job reads and writes, named as the command line names them. Throws Error(usage) where
// the output is no regular file and no checkpoint is named: then nobody can tell where it should be.
std::vector<FileRole> inputs_of(const TrainingJob &job);
std::vector<FileRole> outputs_of(const TrainingJob &job);

// Trains a described network on data in memory, calibrates it, and trains again on all where that is asked
// for; `test` may be nullptr. Of the job it takes how: what it reads and writes is left alone but for
// checkpoints, which are not kept where neither an output nor a checkpoint is named. Throws Error; `report`
// is called with the result.
void train_on(const TrainingJob &job, const Model &description, const Dataset &dataset, const Dataset *test,
              const TrainingEvents &events, const std::function<void(const TrainingOutcome &)> &report);

// Throws Error; the model file is written only if everything went well. `report` is called after that and
// before the checkpoints are removed.
void run_job(const TrainingJob &job, const TrainingEvents &events,
             const std::function<void(const TrainingOutcome &)> &report);

}  // namespace fsd
