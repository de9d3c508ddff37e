// `fsdnet inspect`: layers, shapes, numbers, entropies; with data, what every layer tells about it, and what
// each state tells of its classes.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/raised_numbers.h"
#include "apps/fsdnet/usefulness_report.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/networks/network_description.h"
#include "toolkit/pictures/filter_tiles.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

struct Inspect {
    std::string model;
    DataOptions data;
    std::string filters;
    ExpectedResult wanted;
    std::string device = "cpu";
    bool usefulness = false;
    bool json = false;
};

using Usefulness = std::vector<analysis::LayerUsefulness>;

void add_usefulness(Json &description, const Usefulness &usefulness) {
    for (const analysis::LayerUsefulness &layer : usefulness) {
        description["layers"][layer.layer]["usefulness"] = command_line::json_of(layer);
    }
}

// The number with 3 decimals, or a dash where the layer does not have it.
std::string layer_cell(const Json &layer, const char *key, int width, int digits = 3) {
    std::ostringstream out;
    out << std::setw(width) << std::fixed << std::setprecision(digits);
    if (layer.contains(key)) {
        out << layer[key].get<double>();
    } else {
        out << "-";
    }
    return out.str();
}

std::string input_text(const Json &input) {
    if (input["kind"] == to_string(InputKind::vector)) {
        return text("a vector of ", input["colors"], " numbers");
    }
    return text(input["height"], " x ", input["width"], " pixels, ", input["colors"],
                input["colors"] == 1 ? " color" : " colors",
                input["kind"] == to_string(InputKind::real) ? ", as real numbers" : "");
}

void print_head(const Json &description) {
    const bool classes = !description["classes"].empty();
    std::cout << "model           " << shown(description["model"]) << "\ninput           "
              << input_text(description["input"])
              << "; preprocessing: " << shown(description["preprocessing"])
              << (classes ? "\nclasses         " + joined(description["classes"])
                          : "\nresult          " + description["numbers"].dump() + " numbers")
              << "\nparameters      " << description["parameters"] << '\n';
    for (const auto &[key, value] : description["notes"].items()) {
        std::cout << std::left << std::setw(15) << printable_text(key) << ' ' << shown(value) << '\n'
                  << std::right;
    }
}

bool has_distributions(const Json &description) {
    const Json &layers = description["layers"];
    return std::any_of(layers.begin(), layers.end(),
                       [](const Json &layer) { return layer.contains("filter_entropy"); });
}

std::string name_of(const Json &layer, std::size_t index) {
    return text(index, "  ", layer["op"].get<std::string>(),
                layer.contains("name") ? " '" + shown(layer["name"]) + "'" : "");
}

void print_layers(const Json &description) {
    const bool informed = description.contains("data");
    std::cout
        << (has_distributions(description)
                ? "\nEntropies and information in nats. H(q): mean entropy of the filters; n: observations."
                : "\nNo layer is made of distributions: none has entropies H(q) and observations n.")
        << (informed ? "\nh: the layer's posterior; I(X;H) = H(mean h) - mean H(h)." : "") << "\n\n"
        << "layer                          y, x, group, state  parameters       n    H(q) of log S"
        << (informed ? "   I(X;H)  H(mean h)  mean H(h)  of log S" : "") << '\n';
    for (std::size_t i = 0; i < description["layers"].size(); i++) {
        const Json &layer = description["layers"][i];
        std::cout << std::left << std::setw(31) << name_of(layer, i) << std::setw(19)
                  << joined(layer["shape"]) << std::right << layer_cell(layer, "parameters", 11, 0)
                  << layer_cell(layer, "observations", 8) << layer_cell(layer, "filter_entropy", 8)
                  << layer_cell(layer, "filter_entropy_maximum", 9);
        if (informed) {
            std::cout << layer_cell(layer, "information", 9) << layer_cell(layer, "marginal_entropy", 11)
                      << layer_cell(layer, "posterior_entropy", 11)
                      << layer_cell(layer, "entropy_maximum", 10);
        }
        std::cout << '\n';
    }
}

// The numbers of ordinary layers; those of distributions are told by their entropies.
void print_weights(const Json &description) {
    bool first = true;
    for (std::size_t i = 0; i < description["layers"].size(); i++) {
        const Json &layer = description["layers"][i];
        if (!layer.contains("tensors") || layer.contains("filter_entropy")) {
            continue;
        }
        for (const auto &[role, tensor] : layer["tensors"].items()) {
            std::cout << (first ? "\nnumbers                                  count        mean   deviation"
                                  "       least    greatest\n"
                                : "")
                      << std::left << std::setw(36) << name_of(layer, i) + " " + role << std::right
                      << layer_cell(tensor, "count", 10, 0) << layer_cell(tensor, "mean", 12, 4)
                      << layer_cell(tensor, "deviation", 12, 4) << layer_cell(tensor, "least", 12, 4)
                      << layer_cell(tensor, "greatest", 12, 4) << '\n';
            first = false;
        }
    }
}

void print_table(const Json &description) {
    print_head(description);
    print_layers(description);
    print_weights(description);
    if (description.contains("data")) {
        std::cout << "\ndata: " << shown(description["data"]["source"]) << ", "
                  << description["data"]["images"] << " images\n";
    }
}

// What each state of a layer tells, the most useful one first.
void print_usefulness(const Model &model, const Usefulness &usefulness) {
    if (!usefulness.empty()) {
        std::cout
            << "\nStates by what is lost where they cannot be seen, I(1[H=s];Y); information of the class, "
               "nats.\n";
    }
    for (const analysis::LayerUsefulness &layer : usefulness) {
        std::cout << command_line::table_of(layer, model.layers[layer.layer].name);
    }
}

void run(const Inspect &options) {
    if (options.usefulness && options.data.path.empty()) {
        throw Error(ExitCode::usage, "--usefulness is what states tell of the classes of data; give --data.");
    }
    const std::string path = chosen_model(options.model);
    prepare_outputs(with_expected_result(
                        {{"--model", path}, {"--data", options.data.path}, {"--labels", options.data.labels}},
                        options.wanted),
                    {{"--filters", options.filters, picture_endings}}, options.json);
    const std::string device = device_to_use(options.device);
    const Model model = load_model(path);
    need_expected({model, std::nullopt}, options.wanted, device);
    note_raised_numbers(model);
    Json description = {{"model", path}};
    description.update(describe_network(model));
    Usefulness usefulness;
    if (!options.data.path.empty()) {
        const Dataset data = noted_load(model, options.data);
        add_information(description, model, data, device);
        if (options.usefulness) {
            usefulness = analysis::state_usefulness(model, data, device);
            add_usefulness(description, usefulness);
        }
    }
    if (!options.filters.empty()) {
        save_picture(options.filters, filter_mosaic(filter_tiles(model)));
    }
    if (options.json) {
        print_json(description);
    } else {
        print_table(description);
        print_usefulness(model, usefulness);
    }
}

}  // namespace

void add_inspect(CLI::App &program) {
    auto options = std::make_shared<Inspect>();
    options->data.images = 2000;
    CLI::App &verb =
        add_verb(program, "inspect",
                 "Show a network: layers, parameters, entropies, information, states by usefulness, filters",
                 "fsdnet inspect --model models/mnist-16-32.safetensors --data ../shared/data/mnist "
                 "--filters filters.png");
    add_model_option(verb, options->model);
    verb.add_option("-d,--data", options->data.path, "Also measure what each layer tells about these images")
        ->type_name("PATH");
    add_labels_option(verb, options->data.labels);
    verb.add_option("--split", options->data.split, "Which images")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number_with_default(verb, "--images", options->data.images, at_least(1), "Only the first N images");
    verb.add_flag("--usefulness", options->usefulness,
                  "Rank the states of every FSD layer by what they tell of the class (with --data)");
    verb.add_option(
            "--filters", options->filters,
            "Write the filters as a picture, .png or .svg: log ratios of their probabilities, or weights")
        ->type_name("FILE");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
