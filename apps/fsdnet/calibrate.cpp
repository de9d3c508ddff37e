// `fsdnet calibrate`: fits the novelty of a finished model to images that its training never saw.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/evaluation/novelty_fit.h"
#include "toolkit/training/trainer_options.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Calibrate {
    std::string file, model;
    DataOptions data;
    std::string output;
    int holdout = 0;
    std::uint64_t seed = 0;
    std::string device = "cpu";
    bool json = false;
};

std::string model_of(const Calibrate &options) {
    if (!options.file.empty() && !options.model.empty()) {
        throw Error(ExitCode::usage, "Name the model once: as MODEL or with --model.");
    }
    return chosen_model(options.file.empty() ? options.model : options.file);
}

// All images that were asked for, or those that training with the same options held out.
Dataset images_of(const Model &model, const Calibrate &options) {
    Dataset data = noted_load(model, options.data);
    if (options.holdout == 0) {
        return data;
    }
    TrainingOptions training;
    training.seed = options.seed;
    training.holdout = options.holdout;
    return samples_at(data, held_out(data, training));
}

void run(const Calibrate &options) {
    const std::string path = model_of(options);
    prepare_outputs({{"the model", path}, {"--data", options.data.path}, {"--labels", options.data.labels}},
                    {{"--output", options.output}}, options.json);
    const std::string device = device_to_use(options.device);
    Model model = load_model(path);
    if (!can_have_novelty(model)) {
        throw Error(ExitCode::unsupported,
                    text("The network ", path,
                         " has no novelty: that takes classes and a layer which is normalized by Bayes' rule "
                         "or softmax."));
    }
    const Dataset data = images_of(model, options);
    NetworkOptions network_options;
    network_options.device = device;
    Network network(model, network_options);
    model.novelty = fit_novelty(network, data.inputs());
    save_model(model, options.output);
    const Novelty &novelty = *model.novelty;
    const int fitted = data.count() - novelty.images();
    if (options.json) {
        print_json({{"model", path},
                    {"output", options.output},
                    {"data", data.source},
                    {"images", data.count()},
                    {"fitted", fitted},
                    {"scores", novelty.images()},
                    {"layers", novelty.layers()},
                    {"smallest_p_value", 1. / (novelty.images() + 1.)},
                    {"device", device}});
        return;
    }
    std::cout << "calibrated " << printable_text(options.output) << ": novelty of " << novelty.layers()
              << " layers, means and covariances from " << fitted << " images, p-values from "
              << novelty.images() << " others (the smallest is " << 1. / (novelty.images() + 1.) << ")\n";
}

}  // namespace

void add_calibrate(CLI::App &program) {
    const auto options = std::make_shared<Calibrate>();
    CLI::App &verb = add_verb(
        program, "calibrate", "Fit a model's novelty to images it never saw, so that it can say 'unknown'",
        "fsdnet calibrate cnn.safetensors --data ../shared/data/mnist --output cnn-novelty.safetensors");
    verb.add_option("file", options->file, "The model")->type_name("MODEL");
    add_model_option(verb, options->model);
    verb.add_option("-d,--data", options->data.path,
                    "Images like those that the network will see and that its training never saw (as for "
                    "evaluate; their labels do not matter)")
        ->required()
        ->type_name("PATH");
    add_labels_option(verb, options->data.labels);
    verb.add_option("--split", options->data.split, "Which images")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--images", options->data.images, at_least(1), "Only the first N images");
    add_number(verb, "--holdout", options->holdout, at_least(1),
               "Only the N images that 'fsdnet train --holdout N' with this --seed held out (--split train)");
    add_number_with_default(verb, "--seed", options->seed, at_least<std::uint64_t>(0), "Of that training");
    verb.add_option("-o,--out,--output", options->output, "The model file to write, .safetensors")
        ->required()
        ->type_name("FILE");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
