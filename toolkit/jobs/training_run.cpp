// The loop over the steps.
#include "toolkit/jobs/training_run.h"

#include "runtime/error.h"
#include "toolkit/system/clock.h"

namespace fsd {
namespace {

// Of several processes two keep the state, lest it goes with one of them: each has all of it, and a file that
// both write holds what one of them wrote.
constexpr int keepers = 2;

[[noreturn]] void stop(const Trainer &trainer, const RunOptions &options) {
    const std::string where = text("Interrupted after step ", trainer.step(), " of ", trainer.steps());
    if (options.checkpoint.empty()) {
        throw Error(ExitCode::check_failed, where + "; nothing was written.");
    }
    if (trainer.communicator().rank() >= keepers) {
        throw Error(ExitCode::check_failed, text(where, "; the first of the processes keep the state."));
    }
    trainer.save(options.checkpoint);
    throw Error(ExitCode::check_failed, text(where, "; saved in ", options.checkpoint,
                                             ". Go on with the same command and --resume."));
}

// Of classes: 1 for the label and 0 for the others.
double target_of(const Dataset &dataset, std::ptrdiff_t sample, std::ptrdiff_t number,
                 std::ptrdiff_t numbers) {
    return dataset.is_regression()
               ? static_cast<const float *>(dataset.targets.data())[sample * numbers + number]
               : static_cast<double>(dataset.labels[sample] == number);
}

double loss_of(const float *said, std::ptrdiff_t sample, std::ptrdiff_t numbers, bool log_probabilities,
               const Dataset &dataset) {
    if (log_probabilities) {
        return -static_cast<double>(said[dataset.labels[sample]]);
    }
    double sum = 0;
    for (std::ptrdiff_t number = 0; number < numbers; number++) {
        const double error = said[number] - target_of(dataset, sample, number, numbers);
        sum += error * error;
    }
    return sum;
}

Network network_of(const Trainer &trainer) {
    NetworkOptions options;
    options.device = trainer.options().device;
    return Network(trainer.model(), options);
}

// Behind an epoch; also of a checkpoint that was written before its last epoch was judged.
void judge(Trainer &trainer, const RunOptions &options) {
    if (options.holdout && !trainer.is_judged()) {
        Communicator &processes = trainer.communicator();
        double loss = processes.leads() ? held_out_loss(trainer, *options.holdout) : 0;
        processes.share(&loss, sizeof loss);
        trainer.judge(loss);
    }
}

bool is_at_end(const Trainer &trainer, const RunOptions &options) {
    return trainer.finished() ||
           (options.epochs > 0 && static_cast<int>(trainer.history().size()) >= options.epochs);
}

// What one of the processes does behind an epoch, for all of them.
void keep_and_evaluate(const Trainer &trainer, const RunOptions &options, RunResult &result) {
    if (!trainer.communicator().leads()) {
        return;
    }
    if (!options.checkpoint.empty()) {
        trainer.save(options.checkpoint);
    }
    if (options.test) {
        Network network = network_of(trainer);
        result.evaluations.push_back(evaluate(network, *options.test));
    }
}

// To the end of the epoch; whether another one is wanted.
bool run_epoch(Trainer &trainer, const RunOptions &options, const TrainingEvents &events, RunResult &result) {
    const bool from_beginning = trainer.step() % trainer.steps_per_epoch() == 0;
    const double start = seconds_now(), processor_start = processor_seconds_now();
    do {
        trainer.run_step();
        events.step();
        if (events.is_to_stop()) {
            stop(trainer, options);
        }
    } while (trainer.step() % trainer.steps_per_epoch() != 0);
    const double seconds = seconds_now() - start;
    if (from_beginning) {
        result.seconds.push_back(seconds);
        result.processor_seconds.push_back(processor_seconds_now() - processor_start);
    }
    judge(trainer, options);
    keep_and_evaluate(trainer, options, result);
    events.epoch(seconds, result.evaluations.empty() ? nullptr : &result.evaluations.back());
    return !events.is_enough();
}

}  // namespace

double held_out_loss(const Trainer &trainer, const Dataset &holdout) {
    Network network = network_of(trainer);
    const Tensor said = log_posteriors(network, holdout.inputs());
    const bool log_probabilities = !network.model().classes.empty();
    const std::vector<float> &weights = trainer.class_weights();
    const std::ptrdiff_t samples = holdout.count();
    const auto numbers = static_cast<std::ptrdiff_t>(said.number_of_elements()) / samples;
    const auto *row = static_cast<const float *>(said.data());
    double sum = 0;
    for (std::ptrdiff_t sample = 0; sample < samples; sample++, row += numbers) {
        const double weight = weights.empty() ? 1 : weights[holdout.labels[sample]];
        sum += weight * loss_of(row, sample, numbers, log_probabilities, holdout);
    }
    return sum / static_cast<double>(samples);
}

RunResult run_training(Trainer &trainer, const RunOptions &options, const TrainingEvents &events) {
    trainer.check_agreement();
    if (options.resume) {
        trainer.load(options.checkpoint);
        judge(trainer, options);
    }
    events.begun(trainer, options.name);
    RunResult result;
    try {
        while (!is_at_end(trainer, options) && run_epoch(trainer, options, events, result)) {}
    } catch (const LostProcesses &) {
        stop(trainer, options);
    }
    trainer.take_best();
    events.ended();
    return result;
}

}  // namespace fsd
