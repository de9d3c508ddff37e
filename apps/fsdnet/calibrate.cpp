// `fsdnet calibrate`: fits the novelty of a finished model to images that its training never saw.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/known_images.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/evaluation/novelty_fit.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Calibrate {
    std::string file, model;
    KnownImages known;
    std::string output;
    ExpectedResult wanted;
    std::string device = "cpu";
    bool json = false;
};

void run(const Calibrate &options) {
    const std::string path = chosen_model(options.file, options.model);
    prepare_outputs(with_expected_result({{"the model", path},
                                          {"--data", options.known.data.path},
                                          {"--labels", options.known.data.labels}},
                                         options.wanted),
                    {{"--output", options.output}}, options.json);
    const std::string device = device_to_use(options.device);
    Model model = load_model(path);
    need_expected({model, std::nullopt}, options.wanted, device);
    const Dataset data = known_images(model, path, options.known);
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
    add_known_images(verb, "-d,--data",
                     "Images like those that the network will see and that its training never saw (as for "
                     "evaluate; their labels do not matter)",
                     options->known)
        ->required();
    add_number(verb, "--images", options->known.data.images, at_least(1), "Only the first N images");
    verb.add_option("-o,--out,--output", options->output, "The model file to write, .safetensors")
        ->required()
        ->type_name("FILE");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
