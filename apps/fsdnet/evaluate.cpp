// `fsdnet evaluate`: accuracy, NLL, ECE and confusion matrix on a data set; and what approximations cost.
#include "apps/fsdnet/assignments.h"
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/evaluate_against.h"
#include "apps/fsdnet/evaluate_pictures.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/extents_option.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "runtime/models/distributions.h"
#include "toolkit/evaluation/approximation_cost.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/evaluation/regression.h"
#include "toolkit/evaluation/unobserved_rectangles.h"
#include "toolkit/networks/stored_network.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

struct Evaluate {
    std::string model;
    DataOptions data;
    std::vector<std::string> replacements;
    EvaluationPictures pictures;
    Against against;
    std::string unobserved;
    std::string compiled;
    ExpectedResult wanted;
    std::string device = "cpu";
    bool json = false;
};

struct Result {
    Evaluation exact;
    Tensor log_posterior;           // of the replaced network
    Evaluation replaced;            // the same as `exact` where nothing is replaced
    std::vector<LayerCost> layers;  // empty where nothing is replaced
    std::optional<Evaluation>
        unobserved;  // of the replaced network, with a rectangle of each image unobserved
    std::optional<Json> against;
    std::string device;
};

Model with_replacements(Model model, const std::vector<std::string> &replacements) {
    for (const std::string &replacement : replacements) {
        const auto [op, by] = split_assignment("--replace", replacement);
        model = replaced(model, op, by);
    }
    return model;
}

Json json_of(const Evaluation &evaluation, const Model &model) {
    return {{"accuracy", evaluation.accuracy},
            {"nll", evaluation.nll},
            {"ece", evaluation.ece},
            {"normalized", gives_distribution(model)},
            {"images", evaluation.images}};
}

// The evaluated network's figures stand at the top: those of the replaced one where something is replaced.
Json json_of(const Result &result, const Model &model, const Model &replaced, const Dataset &data,
             const Evaluate &options) {
    Json all = json_of(result.replaced, replaced);
    all["data"] = data.source;
    all["device"] = result.device;
    all["classes"] = model.classes;
    all["confusion"] = result.replaced.confusion;
    if (result.unobserved) {
        all["unobserved"] = json_of(*result.unobserved, replaced);
        all["unobserved"]["rectangle"] = options.unobserved;
    }
    if (result.against) {
        all["against"] = *result.against;
    }
    if (options.replacements.empty()) {
        return all;
    }
    all["replace"] = options.replacements;
    all["exact"] = json_of(result.exact, model);
    all["replaced"] = json_of(result.replaced, replaced);
    all["layers"] = Json::array();
    for (const LayerCost &cost : result.layers) {
        all["layers"].push_back({{"layer", cost.layer},
                                 {"op", cost.exact},
                                 {"replaced_by", cost.replaced},
                                 {"kl_mean", cost.mean},
                                 {"kl_largest", cost.largest},
                                 {"infinite_share", cost.infinite},
                                 {"underflow_share", cost.underflow},
                                 {"sum_mean", cost.sum_mean}});
    }
    return all;
}

void print_metric(const char *name, double exact, double replaced, int digits, const char *unit, bool both) {
    std::cout << std::left << std::setw(10) << name << std::right << std::fixed << std::setprecision(digits)
              << std::setw(9) << exact << unit;
    if (both) {
        std::cout << std::setw(12) << replaced << unit << "   " << std::showpos << std::setw(9)
                  << replaced - exact << unit << std::noshowpos;
    }
    std::cout << '\n';
}

std::string divergence(double nats) {
    std::ostringstream out;
    out << std::scientific << std::setprecision(2) << std::setw(11);
    std::isnan(nats) ? out << "-" : out << nats;
    return out.str();
}

void print_layers(const std::vector<LayerCost> &layers) {
    std::cout << "\nD(exact || replaced) per variable, nats; activations that are no distribution are "
                 "divided by their "
                 "sum first\n"
              << "layer                                               mean    largest   infinite  mean sum\n";
    for (const LayerCost &cost : layers) {
        const std::string name =
            text(cost.layer, "  ", cost.exact, cost.exact == cost.replaced ? "" : " -> " + cost.replaced);
        std::cout << std::left << std::setw(46) << name << std::right << divergence(cost.mean)
                  << divergence(cost.largest) << std::fixed << std::setprecision(2) << std::setw(9)
                  << 100 * cost.infinite << " %" << std::setprecision(4) << std::setw(10) << cost.sum_mean
                  << '\n';
    }
    const auto most = std::max_element(layers.begin(), layers.end(), [](const auto &one, const auto &other) {
        return one.underflow < other.underflow;
    });
    if (most != layers.end() && most->underflow > 0) {
        note(text("D is at least what is shown: in ", 100 * most->underflow, " % of the variables of layer ",
                  most->layer,
                  " a probability is below 2^-126, which float32 does not hold, and counts as that."));
    }
}

void note_numbers(const Model &model) {
    if (!gives_distribution(model)) {
        note(text("The numbers that ", model.layers.back().op,
                  " gives are no distribution: their NLL and ECE cannot be compared with those of one."));
    }
}

void print_table(const Result &result, const Dataset &data, const Evaluate &options) {
    const bool both = !options.replacements.empty();
    std::cout << printable_text(data.source) << ", " << result.exact.images << " images\n";
    std::cout << (both ? "              exact        replaced           cost\n" : "");
    print_metric("accuracy", 100 * result.exact.accuracy, 100 * result.replaced.accuracy, 2, " %  ", both);
    print_metric("NLL", result.exact.nll, result.replaced.nll, 4, " nat", both);
    print_metric("ECE", result.exact.ece, result.replaced.ece, 4, "    ", both);
    if (result.unobserved) {
        std::cout << "\nwith " << options.unobserved << " pixels of each image unobserved, at random\n";
        print_metric("accuracy", 100 * result.unobserved->accuracy, 0, 2, " %  ", false);
        print_metric("NLL", result.unobserved->nll, 0, 4, " nat", false);
        print_metric("ECE", result.unobserved->ece, 0, 4, "    ", false);
    }
    if (result.against) {
        std::cout << table_of(*result.against);
    }
    if (both) {
        print_layers(result.layers);
    }
}

void evaluate_numbers(const StoredNetwork &network, const Evaluate &options) {
    if (!options.replacements.empty() || options.pictures.any() || !options.against.path.empty() ||
        !options.unobserved.empty()) {
        throw Error(ExitCode::usage, "This network gives numbers; --replace, pictures, --against and "
                                     "--unobserved are for networks that give classes.");
    }
    const std::string device = device_to_use(options.device);
    need_expected(network, options.wanted, device);
    const Dataset data = noted_load(network.model, options.data);
    const Regression found =
        compare_with_targets(log_posteriors(network, data.inputs(), device), data.targets);
    if (options.json) {
        print_json({{"mse", found.mse},
                    {"r2", found.r2},
                    {"samples", found.samples},
                    {"data", data.source},
                    {"device", device}});
        return;
    }
    std::cout << printable_text(data.source) << ", " << found.samples << " samples\nmean squared error  "
              << found.mse << "\nR^2                 " << found.r2 << '\n';
}

// The same rectangles for every network.
Evaluation partly_observed(const Model &model, const Dataset &data, const Evaluate &options,
                           const std::string &device) {
    const auto [width, height] = extents_for("--unobserved", options.unobserved, "a rectangle, e.g. 8x8");
    if (height > model.input.height || width > model.input.width) {
        throw Error(ExitCode::usage,
                    text("A rectangle of ", options.unobserved, " pixels does not fit into the network's ",
                         model.input.width, "x", model.input.height, "."));
    }
    const Tensor mask =
        rectangles_unobserved(data.count(), model.input.height, model.input.width, {height, width}, 1);
    NetworkOptions network_options;
    network_options.device = device;
    Network network(model, network_options);
    Tensor log_posterior = make_tensor<float>({data.count(), network.result_size()});
    network.run({data.inputs(), log_posterior, &mask});
    return evaluate(log_posterior, data.labels);
}

void refuse_for_quantized(const Evaluate &options) {
    if (!options.replacements.empty()) {
        throw Error(ExitCode::usage,
                    "The operations of a quantized network cannot be replaced; give --replace "
                    "with the model that it was made from.");
    }
    if (!options.against.path.empty() || !options.unobserved.empty()) {
        throw Error(ExitCode::usage,
                    "A quantized network has neither novelty nor unobserved pixels; give --against and "
                    "--unobserved with the model that it was made from.");
    }
}

void check_outputs_of(const Evaluate &options, const std::string &model) {
    if (options.against.path.empty() && !options.against.picture.empty()) {
        throw Error(ExitCode::usage, "--roc shows how --against is told from --data; give both.");
    }
    std::vector<FileRole> outputs = options.pictures.outputs();
    outputs.push_back({"--roc", options.against.picture, picture_endings});
    prepare_outputs(with_expected_result({{"--model", model},
                                          {"--data", options.data.path},
                                          {"--labels", options.data.labels},
                                          {"--compiled", options.compiled},
                                          {"--against", options.against.path}},
                                         options.wanted),
                    outputs, options.json);
}

void run(const Evaluate &options) {
    const std::string path = chosen_model(options.model);
    check_outputs_of(options, path);
    const StoredNetwork network = load_network(path, options.compiled);
    if (network.model.classes.empty()) {
        return evaluate_numbers(network, options);
    }
    if (network.quantized) {
        refuse_for_quantized(options);
    }
    const Model &exact = network.model;
    if (!options.replacements.empty()) {
        require_distributions(exact, "The cost of --replace, a divergence between distributions,",
                              "evaluate it without --replace.");
    }
    const Model replaced = with_replacements(exact, options.replacements);
    Result result;
    result.device = device_to_use(options.device);
    if (options.replacements.empty()) {
        need_expected(network, options.wanted, result.device);
    } else {
        need_expected({replaced, std::nullopt}, options.wanted, result.device);
    }
    const Dataset data = noted_load(exact, options.data);
    result.log_posterior = log_posteriors(network, data.inputs(), result.device);
    result.exact = result.replaced = evaluate(result.log_posterior, data.labels);
    if (!options.replacements.empty()) {
        result.log_posterior = log_posteriors({replaced, std::nullopt}, data.inputs(), result.device);
        result.replaced = evaluate(result.log_posterior, data.labels);
        result.layers = layer_costs(exact, replaced, data.inputs(), result.device);
    }
    if (!options.unobserved.empty()) {
        result.unobserved = partly_observed(replaced, data, options, result.device);
    }
    if (!options.against.path.empty()) {
        result.against = compared_with(replaced, data, options.data.split, options.against, result.device);
    }
    write_pictures(options.pictures, exact, data, result.replaced, result.log_posterior);
    note_numbers(replaced);
    if (options.json) {
        print_json(json_of(result, exact, replaced, data, options));
    } else {
        print_table(result, data, options);
    }
}

}  // namespace

void add_evaluate(CLI::App &program) {
    auto options = std::make_shared<Evaluate>();
    CLI::App &verb =
        add_verb(program, "evaluate", "Measure a network on labeled images, exact and with approximations",
                 "fsdnet evaluate --model models/mnist-16-32.safetensors --data ../shared/data/mnist "
                 "--replace marginal_pool=max_pool");
    add_model_option(verb, options->model);
    verb.add_option("-d,--data", options->data.path,
                    "MNIST IDX files, CIFAR-10 binary files, images by class in a folder or tar, or NumPy's "
                    ".npy (with --labels)")
        ->required()
        ->type_name("PATH");
    add_labels_option(verb, options->data.labels);
    verb.add_option("--split", options->data.split, "Which images")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--images", options->data.images, at_least(1), "Only the first N images");
    verb.add_option("--replace", options->replacements,
                    "Replace an exact operation by an approximation, without retraining, and show the cost: "
                    "marginal_pool=max_pool, normalize=hard_normalize, ...; repeatable")
        ->type_name("OP=OP")
        ->allow_extra_args(false);
    add_picture_options(verb, options->pictures);
    verb.add_option("--against", options->against.path,
                    "Images of another kind (as for --data): how well novelty, entropy and largest posterior "
                    "tell them from the data")
        ->type_name("PATH");
    verb.add_option("--roc", options->against.picture,
                    "With --against: write histograms and ROC curves as .svg or .png")
        ->type_name("FILE");
    verb.add_option("--unobserved", options->unobserved,
                    "Measure also with a rectangle of this size unobserved in each image, at random places")
        ->type_name("WxH");
    verb.add_option("--compiled", options->compiled,
                    "A library that 'fsdnet compile --shared' made of this network, to run in place of its "
                    "kernels, or of the portable integers of a quantized network. It is code that runs here")
        ->type_name("FILE.so");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
