// `fsdnet analyze aggregation`: distributions of aggregation layers, divergences of output nodes.
#include "apps/fsdnet/aggregation_report.h"
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "toolkit/analysis/aggregation/aggregation_plots.h"
#include "toolkit/system/progress.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Aggregation {
    std::string model, picture;
    DataOptions data;
    analysis::AggregationArrays arrays;
    bool json = false;
};

analysis::AggregationSource from_network(const Aggregation &options) {
    const Model model = load_model(chosen_model(options.model));
    const Dataset fitted = load_evenly(model, options.data, "train");
    if (!fitted.split) {
        return analysis::aggregation_of_network(model, fitted, fitted);
    }
    return analysis::aggregation_of_network(model, fitted, load_evenly(model, options.data, "test"));
}

void check(const Aggregation &options) {
    const analysis::AggregationArrays &arrays = options.arrays;
    if (arrays.features.empty() == options.data.path.empty()) {
        throw Error(ExitCode::usage,
                    "Give either a network with --data or features of your own (--features).");
    }
    if (arrays.features.empty() == options.model.empty()) {
        throw Error(ExitCode::usage, "A network belongs to --data, and to --features none.");
    }
    if (!arrays.features.empty() && options.data.labels.empty()) {
        throw Error(ExitCode::usage, "Features need the classes of their samples: give --labels FILE.npy.");
    }
    if (arrays.test_features.empty() != arrays.test_labels.empty()) {
        throw Error(ExitCode::usage,
                    "--test-features and --test-labels belong together: give both or neither.");
    }
    if (arrays.weight.empty() && !arrays.bias.empty()) {
        throw Error(ExitCode::usage, "Biases belong to weights: give --weight FILE.npy, too.");
    }
    if (arrays.features.empty() && !(arrays.weight.empty() && arrays.test_features.empty())) {
        throw Error(ExitCode::usage,
                    "--weight, --bias and --test-features belong to --features; a network has its own.");
    }
}

void run(const Aggregation &options) {
    check(options);
    analysis::AggregationArrays arrays = options.arrays;
    prepare_outputs({{"--model", options.model},
                     {"--data", options.data.path},
                     {"--labels", options.data.labels},
                     {"--features", arrays.features},
                     {"--test-features", arrays.test_features},
                     {"--test-labels", arrays.test_labels},
                     {"--weight", arrays.weight},
                     {"--bias", arrays.bias}},
                    {{"--picture", options.picture, picture_endings}}, options.json);
    const Progress progress("fits distributions");
    arrays.labels = options.data.labels;
    analysis::AggregationSource source =
        arrays.features.empty() ? from_network(options) : analysis::aggregation_of_arrays(arrays);
    const analysis::AggregationAnalysis result = analysis::analyze_aggregation(source.input);
    analysis::add_findings(source, result);
    if (!options.picture.empty()) {
        save_picture(options.picture,
                     plots_picture(analysis::aggregation_plots(source.input, result, source.classes)));
    }
    if (options.json) {
        print_json(json_of(source, result));
    } else {
        std::cout << table_of(source, result);
    }
}

void add_array_options(CLI::App &verb, analysis::AggregationArrays &arrays) {
    const auto add = [&](const char *name, std::string &path, const char *help) {
        verb.add_option(name, path, help)->type_name("FILE");
    };
    add("--features", arrays.features,
        "Instead of a network: pooled features [sample, feature], a .npy file");
    add("--test-features", arrays.test_features,
        "Other samples, which the fits are compared with, a .npy file");
    add("--test-labels", arrays.test_labels, "Their classes, a .npy file");
    add("--weight", arrays.weight, "Weights of linear nodes [feature, node], a .npy file");
    add("--bias", arrays.bias, "Biases of the nodes [node], a .npy file (default: 0)");
}

}  // namespace

void add_analyze_aggregation(CLI::App &analyze) {
    auto options = std::make_shared<Aggregation>();
    CLI::App &verb =
        add_verb(analyze, "aggregation",
                 "Fit distributions to pooled features; predict and measure how far apart the values of "
                 "the output nodes are",
                 "fsdnet analyze aggregation models/mnist-16-32.safetensors --data ../shared/data/mnist "
                 "--picture fits.png");
    verb.add_option("model,-m,--model", options->model, "The network")->type_name("FILE");
    verb.add_option("-d,--data", options->data.path,
                    "Distributions are fitted to its training samples and compared with its test samples")
        ->type_name("PATH");
    verb.add_option("--labels", options->data.labels,
                    "The classes that belong to --features or --data FILE.npy")
        ->type_name("FILE");
    add_number(verb, "--images", options->data.images, at_least(1), "Only N samples of each, evenly spaced");
    add_array_options(verb, options->arrays);
    verb.add_option("--picture", options->picture,
                    "Write fits over histograms and predicted against measured divergences, .png or .svg")
        ->type_name("FILE");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
