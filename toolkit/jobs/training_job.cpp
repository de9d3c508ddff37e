// The steps of a training job in their order.
#include "toolkit/jobs/training_job.h"

#include "runtime/error.h"
#include "runtime/formats/output_place.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/evaluation/novelty_fit.h"
#include "toolkit/jobs/training_command.h"
#include "toolkit/sources/labeled_data.h"
#include "toolkit/starters/starter_data.h"
#include "toolkit/starters/starter_network.h"
#include "toolkit/training/checkpoint.h"
#include "toolkit/training/description.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace fsd {
namespace {

// Calibration needs some images; fewer are not held out by default.
constexpr int fewest_held_out = 100;

Dataset load(const TrainingJob &job, const Model &description, Split split) {
    return load_dataset(job.data, split, format_of(description.input), job.labels);
}

Dataset thinned(const Dataset &whole, int most) {
    Dataset dataset = evenly_thinned(whole, most);
    if (dataset.count() < whole.count()) {
        dataset.notes.push_back(text("Of ", whole.count(), " training samples ", dataset.count(),
                                     " are used, evenly spaced among them."));
    }
    return dataset;
}

struct DescribedData {
    Model description;
    Dataset dataset;
};

DescribedData described_data(const TrainingJob &job) {
    if (!job.description.empty()) {
        Model description = read_description(job.description);
        Dataset dataset = thinned(load(job, description, Split::train), job.images);
        return {std::move(description), std::move(dataset)};
    }
    Dataset dataset = thinned(starter_data(job.data, job.labels, job.starter_format), job.images);
    Model description = starter_network(dataset, job.starter);
    dataset.notes.push_back(text("Without a description this is a ", job.starter, " starter network for ",
                                 summary_of(description), "; 'fsdnet new' writes it as a file to edit."));
    return {std::move(description), std::move(dataset)};
}

std::optional<Dataset> load_test(const TrainingJob &job, const Model &description) {
    if (!job.evaluate) {
        return std::nullopt;
    }
    Dataset test = load(job, description, Split::test);
    need_classes(test);
    if (!test.split) {
        throw Error(ExitCode::bad_input,
                    text("There are no test images to evaluate: ", test.source,
                         " does not tell training from test images. Leave out --evaluate."));
    }
    return test;
}

int images_to_hold_out(const TrainingJob &job, const Model &description, const Dataset &dataset) {
    const bool calibrates = can_be_calibrated(description);
    const bool stops_early = job.recipe.patience > 0;
    if (job.holdout > 0 && !calibrates && !stops_early) {
        throw Error(
            ExitCode::usage,
            "--holdout keeps images to calibrate the number of observations of the last layer, and "
            "this network's last layer has none. Leave it out, or stop early by them with --patience.");
    }
    if (job.holdout < 0 && stops_early) {
        return dataset.count() / 12;
    }
    return job.holdout >= 0 || !calibrates ? std::max(job.holdout, 0) : usual_holdout(dataset);
}

void tell_notes(const TrainingEvents &events, const Dataset &dataset, const std::optional<Dataset> &test) {
    std::vector<std::string> notes = dataset.notes;
    if (test) {
        std::copy_if(
            test->notes.begin(), test->notes.end(), std::back_inserter(notes), [&](const std::string &note) {
                return std::find(dataset.notes.begin(), dataset.notes.end(), note) == dataset.notes.end();
            });
    }
    std::for_each(notes.begin(), notes.end(), events.note);
}

void check(const TrainingJob &job, int holdout) {
    if (job.recipe.patience > 0 && holdout < 2) {
        throw Error(ExitCode::usage,
                    text("--patience stops where the loss of held-out samples no longer falls, so "
                         "--holdout must be at least 2; found ",
                         holdout, "."));
    }
    if (job.refit && holdout < 2) {
        throw Error(ExitCode::usage,
                    "--refit takes over the calibration's factor, so --holdout must be at least 2.");
    }
    if (holdout == 1) {
        throw Error(ExitCode::usage, "--holdout must be 0 (no calibration) or at least 2.");
    }
}

std::string checkpoint_of(const TrainingJob &job) {
    if (!job.checkpoint.empty()) {
        return job.checkpoint;
    }
    if (job.output.empty()) {
        return "";
    }
    const OutputPlace place = output_place(job.output);
    if (place.kind != OutputPlace::Kind::file) {
        throw Error(ExitCode::usage, text("The output '", job.output,
                                          "' is no file beside which the run could keep its state; add "
                                          "--checkpoint FILE."));
    }
    return job.output + ".checkpoint";
}

std::string holdout_checkpoint_of(const TrainingJob &job) {
    const std::string checkpoint = checkpoint_of(job);
    return checkpoint.empty() || !job.refit ? checkpoint : checkpoint + ".holdout";
}

Calibration calibrate_on_holdout(const TrainingJob &job, const Trainer &trainer, const Dataset &holdout) {
    const Model model = trainer.model();
    Network network(model, job.network_options());
    return calibrate(model, log_posteriors(network, holdout.inputs()), holdout.labels);
}

// Of the network as it will be written, on images that its training never saw; with too few of them, or none,
// there is no fit.
std::optional<Novelty> novelty_on_holdout(const TrainingJob &job, const std::optional<Dataset> &holdout,
                                          const Model &model) {
    if (job.refit || !holdout || !can_have_novelty(model)) {
        return std::nullopt;
    }
    Network network(model, job.network_options());
    if (holdout->count() < fewest_for_novelty(network.evidence_size())) {
        return std::nullopt;
    }
    return fit_novelty(network, holdout->inputs());
}

// One training of the job: on the images that are not held out, or on all.
struct Training {
    Training(const TrainingJob &job, const Model &description, const Dataset &dataset, int holdout)
        : trainer(description, dataset, recipe_with(job, holdout), job.processes()) {
        if (job.profile) {
            trainer.measure();
        }
    }

    static TrainingOptions recipe_with(const TrainingJob &job, int holdout) {
        TrainingOptions recipe = job.recipe;
        recipe.holdout = holdout;
        recipe.patience =
            holdout > 0 ? recipe.patience : 0;  // of a refit the first training knows the epochs
        return recipe;
    }

    Trainer trainer;
    RunResult result;
};

// For the process that would read it.
bool exists_for_all(const TrainingJob &job, const std::string &file) {
    bool exists = std::filesystem::exists(file);
    job.processes().share(&exists, sizeof exists);
    return exists;
}

// A run that goes on keeps its parts, whatever the number of processes is now.
TrainingJob with_parts(TrainingJob job) {
    if (job.recipe.parts == 0 && job.resume) {
        together(job.processes(), [&job] {
            if (job.processes().leads()) {
                job.recipe.parts = parts_of_checkpoint(holdout_checkpoint_of(job));
            }
        });
        job.processes().share(&job.recipe.parts, sizeof job.recipe.parts);
    }
    return job;
}

}  // namespace

int usual_holdout(const Dataset &dataset) {
    const int share = dataset.count() / 12;
    return share >= fewest_held_out ? share : 0;
}

std::vector<FileRole> inputs_of(const TrainingJob &job) {
    return {{"--data", job.data}, {"--labels", job.labels}, {"--description", job.description}};
}

std::vector<FileRole> outputs_of(const TrainingJob &job) {
    return {{"--output", job.output},
            {"--checkpoint", checkpoint_of(job)},
            {"the checkpoint of --refit", job.refit ? holdout_checkpoint_of(job) : ""}};
}

void train_on(const TrainingJob &asked, const Model &description, const Dataset &dataset, const Dataset *test,
              const TrainingEvents &events, const std::function<void(const TrainingOutcome &)> &report) {
    const TrainingJob job = with_parts(asked);
    const std::string checkpoint = checkpoint_of(job), first_checkpoint = holdout_checkpoint_of(job);
    int holdout = 0;
    std::optional<Training> first, refit;
    together(job.processes(), [&] {
        holdout = images_to_hold_out(job, description, dataset);
        check(job, holdout);
        first.emplace(job, description, dataset, holdout);
    });
    std::optional<Dataset> held_out;
    if (holdout > 0) {
        held_out = samples_at(dataset, first->trainer.holdout());
    }
    first->result = run_training(
        first->trainer,
        {job.refit ? "hold-out: " : "", first_checkpoint, job.resume, test, held_out ? &*held_out : nullptr},
        events);
    std::optional<Calibration> calibration;
    if (held_out && can_be_calibrated(description) && job.processes().leads()) {
        calibration = calibrate_on_holdout(job, first->trainer, *held_out);
    }
    if (job.refit) {
        refit.emplace(job, description, dataset, 0);
        const int epochs = job.recipe.patience > 0 ? first->trainer.best_epoch() : 0;
        const bool resume = job.resume && exists_for_all(job, checkpoint);
        refit->result =
            run_training(refit->trainer, {"all: ", checkpoint, resume, test, nullptr, epochs}, events);
    }
    if (!job.processes().leads()) {
        return;
    }
    const Training &last = refit ? *refit : *first;
    Model model = last.trainer.model();
    if (calibration) {
        model = with_last_observations(model, last_observations(model) * calibration->factor());
    }
    model.novelty = novelty_on_holdout(job, held_out, model);
    std::vector<FinishedRun> runs{{refit ? "hold-out" : "", first->trainer, first->result}};
    if (refit) {
        runs.push_back({"all", refit->trainer, refit->result});
    }
    report({dataset, test, last.trainer, last.result, calibration, model, holdout, std::move(runs)});
}

void run_job(const TrainingJob &job, const TrainingEvents &events,
             const std::function<void(const TrainingOutcome &)> &report) {
    std::optional<DescribedData> data;
    std::optional<Dataset> test_images;
    together(job.processes(), [&] {
        if (job.processes().leads()) {
            // Nobody wants to hear after hours of training that there is no such folder.
            check_outputs(inputs_of(job), outputs_of(job));
        }
        data = described_data(job);
        test_images = load_test(job, data->description);
    });
    const Dataset *test = test_images ? &*test_images : nullptr;
    tell_notes(events, data->dataset, test_images);
    train_on(job, data->description, data->dataset, test, events, [&](const TrainingOutcome &outcome) {
        Model model = outcome.model;
        TrainingJob as_run = job;
        as_run.recipe.parts = outcome.trainer.options().parts;
        model.notes["command"] = valid_utf8(training_command(as_run, outcome.holdout));
        save_model(model, job.output);
        report({outcome.dataset, outcome.test, outcome.trainer, outcome.run, outcome.calibration, model,
                outcome.holdout, outcome.runs});
    });
    if (job.checkpoint.empty() && job.processes().leads()) {
        std::error_code ignored;  // the model is there; what it was made of is no reason to fail
        std::filesystem::remove(checkpoint_of(job), ignored);
        std::filesystem::remove(holdout_checkpoint_of(job), ignored);
    }
}

}  // namespace fsd
