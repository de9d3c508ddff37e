// `fsdnet train`: a network from images and a description of its layers.
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/recipe_options.h"
#include "apps/fsdnet/starter_options.h"
#include "apps/fsdnet/training_report.h"
#include "apps/fsdnet/training_watch.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "toolkit/jobs/tensorboard_log.h"
#include "toolkit/jobs/training_job.h"
#include "toolkit/mpi/launch.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

namespace fsd::command_line {
namespace {

void add_recipe(CLI::App &verb, TrainingJob &job) {
    TrainingOptions &recipe = job.recipe;
    add_number_with_default(verb, "--epochs", recipe.epochs, between(1, 100000),
                            "How often the training images are shown");
    add_recipe_options(verb, recipe);
    add_number(verb, "--holdout", job.holdout, between(0, 1 << 30),
               "Training images to keep from training, on which the last layer's number of observations is "
               "calibrated; 0: do not calibrate [one in twelve]");
    add_number(verb, "--patience", recipe.patience, between(1, 100000),
               "End after so many epochs in which the loss of the held-out images has not fallen below its "
               "smallest; the best epoch's weights are written [all epochs, the last one's weights]");
    add_number(
        verb, "--parts", recipe.parts, between(1, 65536),
        "Split each batch into so many parts, for as many processes under mpirun or fewer; on the parts "
        "the result depends, and not on the processes [one for each process]");
    verb.add_option(
        "--class-weights", recipe.class_weights,
        "How much images count in the loss: 'balanced' for each class the same in sum, or a number for "
        "each class, as 1,1,2.5 [all images the same]");
    verb.add_flag(
        "--refit", job.refit,
        "After calibrating, train again on all training images, for as many epochs as were best with "
        "--patience, and take over the calibration's factor");
}

struct Train {
    TrainingJob job;
    TrainingReport report;
    std::string tensorboard;  // folder; empty: none
};

void train_here(const Train &train) {
    const bool leads = train.job.processes().leads();
    together(train.job.processes(), [&] {
        std::vector<FileRole> outputs = outputs_of(train.job);
        outputs.push_back({"--curves", train.report.curves, picture_endings});
        outputs.push_back({"--log", train.report.log, {".csv"}});
        if (leads) {
            prepare_outputs(inputs_of(train.job), outputs, train.report.json);
        }
    });
    TrainingWatch watch(leads);
    run_job(train.job, leads ? also_to_tensorboard(watch.events(), train.tensorboard) : watch.events(),
            [&](const TrainingOutcome &outcome) { report(train.job, outcome, train.report); });
}

// What all processes know the first one says; mpirun ends the others once it has. Of other failures each says
// its own.
void run(Train &train) {
    const std::unique_ptr<Communicator> processes =
        join_processes([] { return *Interruptible::flag() != 0; });
    train.job.communicator = processes.get();
    try {
        train_here(train);
    } catch (const CommonError &) {
        if (!train.job.processes().leads()) {
            std::this_thread::sleep_for(std::chrono::seconds(10));
        }
        throw;
    } catch (const Error &error) {
        if (!processes) {
            throw;
        }
        throw Error(error.code(),
                    text("rank ", processes->rank(), " of ", processes->size(), ": ", error.what()));
    }
}

}  // namespace

void add_train(CLI::App &program) {
    auto train = std::make_shared<Train>();
    TrainingJob *job = &train->job;
    CLI::App &verb =
        add_verb(program, "train", "Train a network on labeled images",
                 "fsdnet train --data ../shared/data/mnist --description models/mnist-16-32.json "
                 "--shift 1 --output digits.safetensors\n"
                 "  fsdnet train --data my-images --output mine.safetensors");
    verb.add_option("--data", job->data,
                    "MNIST IDX files, CIFAR-10 binary files, a folder or tar of images by class, or NumPy's "
                    ".npy (with --labels)")
        ->required();
    add_labels_option(verb, job->labels);
    CLI::Option *description =
        verb.add_option("--description", job->description,
                        "The network's layers as JSON, e.g. models/mnist-16-32.json; without "
                        "it a starter network that fits the data");
    add_number(verb, "--images", job->images, between(1, 1 << 30),
               "Training images to use at most, evenly spaced among all [all]");
    add_starter_options(verb, job->starter, job->starter_format, description);
    verb.add_option("--output", job->output, "The model file to write, .safetensors")->required();
    add_recipe(verb, *job);
    verb.add_option(
        "--checkpoint", job->checkpoint,
        "File that keeps the state after each epoch and on Ctrl-C [OUTPUT.checkpoint, removed at the end]");
    verb.add_flag("--resume", job->resume,
                  "Go on from the checkpoint; the result is that of an uninterrupted run");
    verb.add_flag(
        "--evaluate", job->evaluate,
        "Print accuracy and loss on the test images after each epoch; training takes no notice of them");
    verb.add_option("--curves", train->report.curves, "Write curves of loss and accuracy, .png or .svg");
    verb.add_option("--log", train->report.log, "Write loss and accuracy of each epoch to this CSV file");
    verb.add_option(
            "--tensorboard", train->tensorboard,
            "Write loss, accuracy and rate of each epoch as TensorBoard's event files into this folder")
        ->type_name("FOLDER");
    verb.add_flag("--profile", job->profile, "Print the seconds that each kernel took");
    add_json_flag(verb, train->report.json);
    add_threads_option(verb);
    add_device_option(verb, job->recipe.device);
    verb.callback([train] {
        train->job.recipe.device = device_to_use(train->job.recipe.device);
        run(*train);
    });
}

}  // namespace fsd::command_line
