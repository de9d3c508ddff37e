// The steps of a training job in their order.
#include "apps/fsdnet/training_job.h"

#include "apps/fsdnet/training_command.h"
#include "apps/fsdnet/training_report.h"
#include "apps/fsdnet/training_run.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/training/description.h"

#include <cmath>
#include <filesystem>
#include <optional>

namespace fsd::command_line {
namespace {

// Calibration needs some images; fewer are not held out by default.
constexpr int fewest_held_out = 100;

Dataset load(const TrainingJob &job, const Model &description, Split split) {
    const Input &input = description.input;
    return load_dataset(job.data, split, {input.height, input.width, input.colors});
}

std::optional<Dataset> load_test(const TrainingJob &job, const Model &description) {
    if (!job.evaluate) {
        return std::nullopt;
    }
    Dataset test = load(job, description, Split::test);
    if (!test.split) {
        throw Error(ExitCode::bad_input,
                    text("There are no test images to evaluate: ", test.source,
                         " does not tell training from test images. Leave out --evaluate."));
    }
    return test;
}

int images_to_hold_out(const TrainingJob &job, const Dataset &dataset) {
    if (job.holdout >= 0) {
        return job.holdout;
    }
    const int share = static_cast<int>(dataset.labels.size()) / 12;
    return share >= fewest_held_out ? share : 0;
}

void check(const TrainingJob &job, int holdout) {
    if (job.refit && holdout < 2) {
        throw Error(ExitCode::usage,
                    "--refit takes over the calibration's factor, so --holdout must be at least 2.");
    }
    if (holdout == 1) {
        throw Error(ExitCode::usage, "--holdout must be 0 (no calibration) or at least 2.");
    }
}

// Nobody wants to hear after hours of training that there is no such folder.
void check_outputs(const TrainingJob &job, const std::string &checkpoint) {
    for (const std::string &path : {job.output, checkpoint, job.curves}) {
        if (!path.empty()) {
            check_writable(path);
        }
    }
}

Calibration calibrate_on_holdout(const TrainingJob &job, const Trainer &trainer, const Dataset &dataset) {
    const Dataset holdout = samples_at(dataset, trainer.holdout());
    const Model model = trainer.model();
    Network network(model, job.network_options());
    return calibrate(model, log_posteriors(network, holdout), holdout.labels);
}

// One training of the job: on the images that are not held out, or on all.
struct Training {
    Training(const TrainingJob &job, const Model &description, const Dataset &dataset, int holdout)
        : trainer(description, dataset, recipe_with(job, holdout)) {
        if (job.profile) {
            trainer.measure();
        }
    }

    static TrainingOptions recipe_with(const TrainingJob &job, int holdout) {
        TrainingOptions recipe = job.recipe;
        recipe.holdout = holdout;
        return recipe;
    }

    Trainer trainer;
    RunResult result;
};

}  // namespace

void run_job(const TrainingJob &job) {
    const std::string checkpoint = job.checkpoint.empty() ? job.output + ".checkpoint" : job.checkpoint;
    check_outputs(job, checkpoint);
    const Model description = read_description(job.description);
    const Dataset dataset = load(job, description, Split::train);
    const std::optional<Dataset> test_images = load_test(job, description);
    const Dataset *test = test_images ? &*test_images : nullptr;
    const int holdout = images_to_hold_out(job, dataset);
    check(job, holdout);
    const std::string first_checkpoint = job.refit ? checkpoint + ".holdout" : checkpoint;

    Training first(job, description, dataset, holdout);
    first.result =
        run_training(first.trainer, {job.refit ? "hold-out: " : "", first_checkpoint, job.resume, test});
    std::optional<Calibration> calibration;
    if (holdout > 0) {
        calibration = calibrate_on_holdout(job, first.trainer, dataset);
    }
    std::optional<Training> refit;
    if (job.refit) {
        refit.emplace(job, description, dataset, 0);
        const bool resume = job.resume && std::filesystem::exists(checkpoint);
        refit->result = run_training(refit->trainer, {"all: ", checkpoint, resume, test});
    }
    const Training &last = refit ? *refit : first;
    Model model = last.trainer.model();
    if (calibration) {
        model = with_last_observations(model, last_observations(model) * calibration->factor());
    }
    model.notes["command"] = training_command(job, holdout);
    save_model(model, job.output);
    report(job, {dataset, test, last.trainer, last.result, calibration, model});
    if (job.checkpoint.empty()) {
        std::filesystem::remove(checkpoint);
        std::filesystem::remove(first_checkpoint);
    }
}

}  // namespace fsd::command_line
