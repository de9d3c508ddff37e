// The loop over the steps.
#include "apps/fsdnet/training_run.h"

#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/training_progress.h"
#include "runtime/error.h"

#include <chrono>

namespace fsd::command_line {
namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void stop(const Trainer &trainer, const RunOptions &options) {
    trainer.save(options.checkpoint);
    throw Error(ExitCode::check_failed,
                text("Interrupted after step ", trainer.step(), " of ", trainer.steps(), "; saved in ",
                     options.checkpoint, ". Go on with the same command and --resume."));
}

}  // namespace

RunResult run_training(Trainer &trainer, const RunOptions &options) {
    if (options.resume) {
        trainer.load(options.checkpoint);
    }
    const Interruptible interruptible;
    RunResult result;
    TrainingProgress progress(trainer, options.name);
    while (!trainer.finished()) {
        const bool from_beginning = trainer.step() % trainer.steps_per_epoch() == 0;
        const double start = now();
        do {
            trainer.run_step();
            progress.show_step();
            if (*Interruptible::flag() != 0) {
                stop(trainer, options);
            }
        } while (trainer.step() % trainer.steps_per_epoch() != 0);
        const double seconds = now() - start;
        if (from_beginning) {
            result.seconds.push_back(seconds);
        }
        trainer.save(options.checkpoint);
        if (options.test) {
            NetworkOptions network_options;
            network_options.device = trainer.options().device;
            Network network(trainer.model(), network_options);
            result.evaluations.push_back(evaluate(network, *options.test));
        }
        progress.show_epoch(seconds, options.test ? &result.evaluations.back() : nullptr);
    }
    return result;
}

}  // namespace fsd::command_line
