// `fsdnet prune`: a network without its least useful states, fine-tuned where that is asked for.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/pruning_report.h"
#include "apps/fsdnet/recipe_options.h"
#include "apps/fsdnet/training_watch.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "toolkit/pruning/pruning_job.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Prune {
    PruningJob job;
    bool json = false;
};

void run(Prune options) {
    PruningJob &job = options.job;
    job.model = chosen_model(job.model);
    prepare_outputs(inputs_of(job), outputs_of(job), options.json);
    job.recipe.device = device_to_use(job.recipe.device);
    TrainingWatch watch;
    const PruningOutcome outcome = run_job(job, watch.events());
    if (outcome.original.novelty) {
        note("The model's novelty was fitted to the network before; 'fsdnet calibrate' fits one to this "
             "network.");
    }
    if (options.json) {
        print_json(command_line::json_of(job, outcome));
    } else {
        std::cout << command_line::table_of(job, outcome);
    }
}

}  // namespace

void add_prune(CLI::App &program) {
    const auto options = std::make_shared<Prune>();
    PruningJob &job = options->job;
    CLI::App &verb =
        add_verb(program, "prune", "Remove the states of layers that tell least of the class",
                 "fsdnet prune --model models/mnist-16-32.safetensors --layer parts --keep 24 "
                 "--data ../shared/data/mnist --fine-tune 2 --shift 1 --output smaller.safetensors");
    add_model_option(verb, job.model);
    add_numbers(verb, "--keep", job.keep, at_least(2),
                "States that stay in each group of the layer: one number, or one for each --layer")
        .required();
    verb.add_option("--layer", job.layers,
                    "Layers by name or by index in 'fsdnet inspect' [the only one that can lose states]")
        ->type_name("NAME");
    verb.add_option("-d,--data", job.data,
                    "Labeled data, as for train: held-out training samples say which states tell least")
        ->required()
        ->type_name("PATH");
    add_labels_option(verb, job.labels);
    verb.add_option("-o,--out,--output", job.output, "The model file to write, .safetensors")
        ->required()
        ->type_name("FILE");
    add_number_with_default(verb, "--fine-tune", job.recipe.epochs, between(0, 100000),
                            "Then train what is left for so many epochs");
    add_number(verb, "--holdout", job.holdout, between(0, 1 << 30),
               "Training samples to keep from fine-tuning, on which usefulness is measured and the last "
               "layer's number of observations calibrated; with --seed and --holdout of its training, those "
               "that the network never saw; 0: measure on all [one in twelve]");
    add_recipe_options(verb, job.recipe);
    verb.add_flag("--evaluate", job.evaluate, "Tell accuracy and loss on the test samples, too");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, job.recipe.device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
