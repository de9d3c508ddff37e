// The loop over the steps.
#include "toolkit/jobs/training_run.h"

#include "runtime/error.h"
#include "toolkit/system/clock.h"

namespace fsd {
namespace {

[[noreturn]] void stop(const Trainer &trainer, const RunOptions &options) {
    const std::string where = text("Interrupted after step ", trainer.step(), " of ", trainer.steps());
    if (options.checkpoint.empty()) {
        throw Error(ExitCode::check_failed, where + "; nothing was written.");
    }
    trainer.save(options.checkpoint);
    throw Error(ExitCode::check_failed, text(where, "; saved in ", options.checkpoint,
                                             ". Go on with the same command and --resume."));
}

}  // namespace

RunResult run_training(Trainer &trainer, const RunOptions &options, const TrainingEvents &events) {
    if (options.resume) {
        trainer.load(options.checkpoint);
    }
    events.begun(trainer, options.name);
    RunResult result;
    while (!trainer.finished()) {
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
        if (!options.checkpoint.empty()) {
            trainer.save(options.checkpoint);
        }
        if (options.test) {
            NetworkOptions network_options;
            network_options.device = trainer.options().device;
            Network network(trainer.model(), network_options);
            result.evaluations.push_back(evaluate(network, *options.test));
        }
        events.epoch(seconds, options.test ? &result.evaluations.back() : nullptr);
        if (events.is_enough()) {
            break;
        }
    }
    events.ended();
    return result;
}

}  // namespace fsd
