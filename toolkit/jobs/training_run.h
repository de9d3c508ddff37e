// One run of the trainer from beginning or checkpoint to its end, with checkpoints and evaluations on the
// way.
#pragma once

#include "toolkit/evaluation/evaluation.h"
#include "toolkit/training/trainer.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd {

// What a program does while networks are trained. One run ends before the next one begins.
struct TrainingEvents {
    // Sentences about the data, once each and before everything else.
    std::function<void(const std::string &sentence)> note = [](auto &&...) {};
    // Before the first step of a run; `name` tells several runs of a job apart, e.g. "hold-out: ", or is
    // empty. The trainer stays until `ended`.
    std::function<void(const Trainer &trainer, const std::string &name)> begun = [](auto &&...) {};
    std::function<void()> step = [] {};
    // `seconds`: what the steps of this epoch took, without checkpoint and evaluation. `test` may be nullptr.
    std::function<void(double seconds, const Evaluation *test)> epoch = [](auto &&...) {};
    // Asked after each epoch: the run ends there with what it has.
    std::function<bool()> is_enough = [] { return false; };
    std::function<void()> ended = [] {};
    // Asked after each step.
    std::function<bool()> is_to_stop = [] { return false; };
};

struct RunOptions {
    std::string name;
    std::string checkpoint;         // the file: written after each epoch and when stopped; empty: none
    bool resume = false;            // from the file
    const Dataset *test = nullptr;  // evaluated after each epoch, only to be told
    const Dataset *holdout =
        nullptr;     // the trainer is judged by it after each epoch; early stopping needs it
    int epochs = 0;  // the run ends behind so many; 0: when the trainer has finished
};

struct RunResult {
    std::vector<double> seconds;            // per epoch that this process ran from its beginning to its end
    std::vector<double> processor_seconds;  // in the same epochs, of all threads
    std::vector<Evaluation> evaluations;    // of the test images after each epoch that this process ended
};

// What is minimized, of samples that training does not see: of log-probabilities the mean of -log p[label],
// of numbers that of the sum of squared errors; each sample weighted as its class is in training.
double held_out_loss(const Trainer &trainer, const Dataset &holdout);

// Trains to the end; with patience the trainer then has the numbers of its best epoch. Where it is to stop it
// saves a checkpoint, if it keeps one, and throws Error(check_failed) that says how to go on.
RunResult run_training(Trainer &trainer, const RunOptions &options, const TrainingEvents &events);

}  // namespace fsd
