// `fsdnet new`: a description that fits the data, as a file to edit.
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/starter_options.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/starters/starter_data.h"
#include "toolkit/starters/starter_network.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct New {
    std::string data, labels, size = "medium", output = "network.json";
    ImageFormat format;
    bool json = false;
};

void run(const New &options) {
    prepare_outputs({{"--data", options.data}, {"--labels", options.labels}},
                    {{"--output", options.output, {".json"}}}, options.json);
    const Dataset data = starter_data(options.data, options.labels, options.format);
    std::for_each(data.notes.begin(), data.notes.end(), note);
    const Model description = starter_network(data, options.size);
    write_file(options.output, description_text(description));
    if (options.json) {
        print_json({{"output", options.output},
                    {"data", data.source},
                    {"samples", data.count()},
                    {"classes", data.classes},
                    {"summary", summary_of(description)}});
        return;
    }
    std::cout << printable_text(options.output) << "  " << summary_of(description) << "\n"
              << "Train it: fsdnet train --data " << printable_text(options.data)
              << (options.labels.empty() ? "" : " --labels " + printable_text(options.labels))
              << " --description " << printable_text(options.output) << " --output model.safetensors\n";
}

}  // namespace

void add_new(CLI::App &program) {
    auto options = std::make_shared<New>();
    CLI::App &verb = add_verb(program, "new", "Write the description of a network that fits your data",
                              "fsdnet new --data my-images --preset small --output network.json");
    verb.add_option("--data", options->data, "Labeled images or numbers, as for 'fsdnet train'")->required();
    add_labels_option(verb, options->labels);
    add_starter_options(verb, options->size, options->format, nullptr);
    verb.add_option("--output", options->output, "The description to write, JSON")->capture_default_str();
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
