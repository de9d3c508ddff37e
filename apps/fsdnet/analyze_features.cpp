// `fsdnet analyze features`: what layers tell of the class, and how close the output layer is to the best
// one.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/feature_report.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "toolkit/analysis/features/feature_plots.h"
#include "toolkit/analysis/features/feature_source.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

using namespace analysis;

struct Features {
    std::string model, features, joint, picture;
    DataOptions data;
    FeatureOptions study;
    bool json = false;
};

FeatureReport of_network(const Features &options) {
    const Model model = load_model(chosen_model(options.model));
    if (model.classes.empty()) {
        throw Error(ExitCode::bad_input, "This network gives numbers; features are what tells of a class.");
    }
    const Dataset data = load_evenly(model, options.data, "test");
    FeatureReport report{data.source, data.count(), layer_features(model, data, options.study), std::nullopt};
    if (options.study.layer) {
        return report;
    }
    options.study.progress("output layer");
    if (data.split) {
        report.output = output_projection(model, load_evenly(model, options.data, "train"), data);
    } else {
        note("The same samples give the matched projection and the accuracies; on new samples those are "
             "lower.");
        report.output = output_projection(model, data, data);
    }
    return report;
}

FeatureReport of_arrays(const Features &options) {
    const LabeledActivations given = read_activations(options.features, options.data.labels);
    return {"'" + options.features + "'",
            static_cast<int>(given.labels.size()),
            {array_features(given.activations, given.labels, given.classes, options.study)},
            std::nullopt};
}

FeatureReport of_table(const Features &options) {
    DiscreteOptions wanted = options.study.discrete;
    LayerFeatures found;
    found.discrete = discrete_features(read_joint(options.joint), wanted);
    found.units = 1;
    return {"'" + options.joint + "'", 0, {found}, std::nullopt};
}

void check(const Features &options) {
    const bool data = !options.data.path.empty(), arrays = !options.features.empty(),
               joint = !options.joint.empty();
    if (int(data) + int(arrays) + int(joint) != 1) {
        throw Error(
            ExitCode::usage,
            "Say what is analyzed by one of --data with a network, --features with --labels, or --joint.");
    }
    if (data == options.model.empty()) {
        throw Error(ExitCode::usage, "A network belongs to --data, and to --features and --joint none.");
    }
    if (arrays && options.data.labels.empty()) {
        throw Error(ExitCode::usage, "Features need the classes of their samples: give --labels FILE.npy.");
    }
    if (options.study.layer && !data) {
        throw Error(ExitCode::usage, "--layer is of a network: give it with --data.");
    }
}

void run(Features options) {
    check(options);
    prepare_outputs({{"--model", options.model},
                     {"--data", options.data.path},
                     {"--labels", options.data.labels},
                     {"--features", options.features},
                     {"--joint", options.joint}},
                    {{"--picture", options.picture, picture_endings}}, options.json);
    if (shows_progress()) {
        options.study.progress = note;
    }
    const FeatureReport report = !options.joint.empty()      ? of_table(options)
                                 : !options.features.empty() ? of_arrays(options)
                                                             : of_network(options);
    if (!options.picture.empty()) {
        save_picture(options.picture, plots_picture(feature_plots(report.layers)));
    }
    if (options.json) {
        print_json(json_of(report));
    } else {
        std::cout << table_of(report);
    }
}

void add_study_options(CLI::App &verb, FeatureOptions &study) {
    add_number_function<int>(
        verb, "--layer", [&study](int layer) { study.layer = static_cast<std::size_t>(layer); }, at_least(0),
        "Only the numbers in front of layer N, 0 being the input");
    add_number_with_default(verb, "--bins", study.codes, between(2, 4096),
                            "Codes of numbers: bins of one, clusters of several");
    add_number(
        verb, "--modes", study.discrete.features, between(1, 4096),
        "Find the K best features of the discrete variable by alternating conditional expectations, too");
    add_number_with_default(verb, "--permutations", study.discrete.resampling.permutations, between(0, 10000),
                            "Labels in random order, for the bands of chance");
    add_number_with_default(verb, "--bootstrap", study.discrete.resampling.bootstraps, between(0, 10000),
                            "Samples drawn again, for intervals");
    add_number_function<int>(
        verb, "--seed",
        [&study](int seed) { study.discrete.resampling.seed = static_cast<std::uint64_t>(seed); },
        at_least(0), "Of permutations, draws and clusters");
}

}  // namespace

void add_analyze_features(CLI::App &analyze) {
    auto options = std::make_shared<Features>();
    CLI::App &verb =
        add_verb(analyze, "features",
                 "Say what the states or numbers of each layer tell of the class, and how close the output "
                 "layer is to the best one for its features",
                 "fsdnet analyze features models/mnist-16-32.safetensors --data ../shared/data/mnist "
                 "--picture features.png");
    verb.add_option("model,-m,--model", options->model, "The network")->type_name("FILE");
    verb.add_option(
            "-d,--data", options->data.path,
            "Layers are analyzed on its test samples, the matched projection is of its training samples")
        ->type_name("PATH");
    verb.add_option("--labels", options->data.labels,
                    "The classes that belong to --features or --data FILE.npy")
        ->type_name("FILE");
    verb.add_option("--features", options->features,
                    "Instead of a network: numbers [sample, ...], a .npy file")
        ->type_name("FILE");
    verb.add_option("--joint", options->joint,
                    "Instead of samples: joint probabilities [value, class], a .npy file")
        ->type_name("FILE");
    add_number(verb, "--images", options->data.images, at_least(1),
               "Only N samples of each split, evenly spaced");
    add_study_options(verb, options->study);
    verb.add_option("--picture", options->picture,
                    "Write singular values, H-scores and information by depth, .png or .svg")
        ->type_name("FILE");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
