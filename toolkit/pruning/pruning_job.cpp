// The steps of a pruning job in their order.
#include "toolkit/pruning/pruning_job.h"

#include "runtime/error.h"
#include "toolkit/jobs/training_job.h"
#include "toolkit/sources/labeled_data.h"

#include <algorithm>

namespace fsd {
namespace {

std::vector<std::size_t> layers_of(const Model &model, const PruningJob &job) {
    std::vector<std::size_t> layers;
    for (const std::string &name : job.layers) {
        layers.push_back(layer_called(model, name));
    }
    if (!layers.empty()) {
        return layers;
    }
    const std::vector<std::size_t> able = layers_that_can_lose_states(model);
    if (able.empty()) {
        throw Error(
            ExitCode::unsupported,
            "No layer of the network can lose states: that takes a KLD layer whose posterior another KLD "
            "layer reads, with nothing but pools of distributions between them.");
    }
    if (able.size() > 1) {
        std::string names;
        for (const std::size_t layer : able) {
            names += " --layer " + model.layers[layer].name;
        }
        throw Error(ExitCode::usage, text("Several layers can lose states; say which ones:", names, "."));
    }
    return able;
}

std::vector<PruningTarget> targets_of(const Model &model, const PruningJob &job) {
    const std::vector<std::size_t> layers = layers_of(model, job);
    if (job.keep.size() != 1 && job.keep.size() != layers.size()) {
        throw Error(ExitCode::usage,
                    text("--keep takes one number for all layers or one for each of them; found ",
                         job.keep.size(), " for ", layers.size(), " layers."));
    }
    std::vector<PruningTarget> targets;
    for (std::size_t i = 0; i < layers.size(); i++) {
        targets.push_back({layers[i], job.keep.size() == 1 ? job.keep.front() : job.keep[i]});
    }
    return targets;
}

struct Samples {
    Dataset training;
    std::vector<int> holdout;
    Dataset measured;  // those held out, or all
    std::optional<Dataset> test;
};

Samples samples_for(const Model &model, const PruningJob &job, const TrainingEvents &events) {
    const DataOptions options{job.data, "train", 0, job.labels};
    Samples samples{load_for(model, options), {}, {}, std::nullopt};
    need_classes(samples.training);
    std::for_each(samples.training.notes.begin(), samples.training.notes.end(), events.note);
    TrainingOptions recipe = job.recipe;
    recipe.holdout = job.holdout >= 0 ? job.holdout : usual_holdout(samples.training);
    samples.holdout = held_out(samples.training, recipe);
    samples.measured =
        samples.holdout.empty() ? samples.training : samples_at(samples.training, samples.holdout);
    if (job.evaluate) {
        samples.test = load_for(model, {job.data, "test", 0, job.labels});
        if (!samples.test->split) {
            throw Error(ExitCode::bad_input,
                        text("There are no test images to evaluate: ", samples.test->source,
                             " does not tell training from test images. Leave out --evaluate."));
        }
    }
    return samples;
}

Evaluation evaluation_of(const Model &model, const Dataset &data, const PruningJob &job) {
    NetworkOptions options;
    options.device = job.recipe.device;
    Network network(model, options);
    return evaluate(network, data);
}

// What is left, trained on; with its observations calibrated as those of any training.
Model fine_tuned(const Model &model, const Samples &samples, const PruningJob &job,
                 const TrainingEvents &events) {
    TrainingOptions recipe = job.recipe;
    recipe.holdout = static_cast<int>(samples.holdout.size());
    Trainer trainer(model, samples.training, recipe);
    trainer.begin_with(model);
    run_training(trainer, {}, events);
    Model tuned = trainer.model();
    if (recipe.holdout >= 2 && can_be_calibrated(tuned)) {
        NetworkOptions options;
        options.device = recipe.device;
        Network network(tuned, options);
        const Calibration found =
            calibrate(tuned, log_posteriors(network, samples.measured.inputs()), samples.measured.labels);
        tuned = with_last_observations(tuned, found.calibrated);
    }
    return tuned;
}

PruningCost cost_of(const PruningOutcome &outcome, const Model &pruned, const Dataset &data,
                    const PruningJob &job) {
    PruningCost cost{evaluation_of(outcome.original, data, job), evaluation_of(pruned, data, job),
                     std::nullopt};
    if (job.recipe.epochs > 0) {
        cost.tuned = evaluation_of(outcome.model, data, job);
    }
    return cost;
}

std::string note_of(const PruningOutcome &outcome, const PruningJob &job) {
    std::string note;
    for (const PrunedLayer &layer : outcome.layers) {
        const Layer &before = outcome.original.layers[layer.usefulness.layer];
        note += text(note.empty() ? "" : ", ", before.name, " ", before.attribute("states"), " -> ",
                     layer.kept.front().size(), " states");
    }
    return job.recipe.epochs == 0 ? note : text(note, "; ", job.recipe.epochs, " epochs of fine-tuning");
}

}  // namespace

std::vector<FileRole> inputs_of(const PruningJob &job) {
    return {{"--model", job.model}, {"--data", job.data}, {"--labels", job.labels}};
}

std::vector<FileRole> outputs_of(const PruningJob &job) {
    return {{"--output", job.output}};
}

PruningOutcome run_job(const PruningJob &job, const TrainingEvents &events) {
    check_outputs(inputs_of(job), outputs_of(job));
    PruningOutcome outcome;
    outcome.original = load_model(job.model);
    const std::vector<PruningTarget> targets = targets_of(outcome.original, job);
    const Samples samples = samples_for(outcome.original, job, events);
    Pruning pruning = pruned(outcome.original, targets, samples.measured, job.recipe.device);
    outcome.layers = std::move(pruning.layers);
    outcome.model = job.recipe.epochs > 0 ? fine_tuned(pruning.model, samples, job, events) : pruning.model;
    outcome.measured = samples.measured.count();
    outcome.held_out = !samples.holdout.empty();
    outcome.cost = cost_of(outcome, pruning.model, samples.measured, job);
    if (samples.test) {
        outcome.test = cost_of(outcome, pruning.model, *samples.test, job);
    }
    outcome.model.notes["pruned"] = note_of(outcome, job);
    save_model(outcome.model, job.output);
    return outcome;
}

}  // namespace fsd
