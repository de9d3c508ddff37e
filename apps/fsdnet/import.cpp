// `fsdnet import`: a network from another runtime's format.
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/onnx/import/onnx_import.h"
#include "toolkit/system/list_text.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Import {
    std::string file, output;
    std::string classes, shape;
    OnnxImportOptions how;
    ExpectedResult wanted;
    bool json = false;
};

nlohmann::ordered_json json_of(const Model &model) {
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    for (const Layer &layer : model.layers) {
        nlohmann::ordered_json entry = {{"op", layer.op}};
        if (!layer.name.empty()) {
            entry["name"] = layer.name;
        }
        layers.push_back(entry);
    }
    return layers;
}

// All reasons, and then the failure.
[[noreturn]] void refuse(const Import &options, const OnnxImported &imported) {
    if (options.json) {
        nlohmann::ordered_json refused = nlohmann::ordered_json::array();
        for (const OnnxRefusal &refusal : imported.refused) {
            refused.push_back({{"where", refusal.where}, {"reason", refusal.reason}});
        }
        print_json({{"model", options.file},
                    {"operator_set", imported.operator_set},
                    {"nodes", imported.nodes},
                    {"refused", refused}});
    } else {
        for (const OnnxRefusal &refusal : imported.refused) {
            std::cerr << "  " << printable_text(refusal.where + ": " + refusal.reason) << '\n';
        }
    }
    throw Error(ExitCode::unsupported, text("A chain of fsdnet's layers cannot hold the graph of '",
                                            options.file, "': ", imported.refused.size(),
                                            imported.refused.size() == 1 ? " reason is" : " reasons are",
                                            options.json ? " in the result." : " listed above."));
}

void print(const Import &options, const OnnxImported &imported) {
    const Model &model = imported.model;
    if (options.json) {
        print_json({{"model", options.file},
                    {"output", options.output},
                    {"operator_set", imported.operator_set},
                    {"nodes", imported.nodes},
                    {"restored", imported.is_restored},
                    {"parameters", model.parameter_count()},
                    {"layers", json_of(model)},
                    {"classes", model.classes},
                    {"notes", imported.notes}});
        return;
    }
    std::cout << "wrote " << printable_text(options.output) << ": " << model.layers.size() << " layers, "
              << model.parameter_count() << " numbers, of " << imported.nodes
              << " nodes in ONNX operator set " << imported.operator_set
              << (imported.is_restored ? "; the network that fsdnet exported, bit for bit" : "") << '\n';
}

void run(Import options) {
    prepare_outputs(with_expected_result({{"the ONNX file", options.file}}, options.wanted),
                    {{"--output", options.output}}, options.json);
    for (const std::string &extent : split_list(options.shape)) {
        options.how.axes.push_back(number_for("--shape", extent, between(1, 65536)));
    }
    options.how.classes = split_list(options.classes);
    const OnnxImported imported = import_onnx(options.file, options.how);
    if (!imported.refused.empty()) {
        refuse(options, imported);
    }
    need_expected({imported.model, std::nullopt}, options.wanted, "cpu");
    save_model(imported.model, options.output);
    for (const std::string &sentence : imported.notes) {
        note(sentence);
    }
    print(options, imported);
}

}  // namespace

void add_import(CLI::App &program) {
    const auto options = std::make_shared<Import>();
    CLI::App &verb = add_verb(program, "import", "Read a network from an ONNX file",
                              "fsdnet import model.onnx --output model.safetensors");
    verb.add_option("file", options->file, "The ONNX file")->type_name("FILE")->required();
    verb.add_option("-o,--output,--out", options->output, "The model file to write")
        ->type_name("FILE")
        ->required();
    verb.add_option(
            "--classes", options->classes,
            "Names of the classes, with commas between them; a log_softmax is added where the graph ends "
            "without")
        ->type_name("NAME,NAME,...");
    verb.add_option("--result", options->how.result, "The output to take of a graph that has several")
        ->type_name("NAME");
    verb.add_option("--shape", options->shape,
                    "Axes of the input behind the samples, where the file leaves them open")
        ->type_name("N,N,...");
    add_number(verb, "--scale", options->how.scale, between(-1e30, 1e30),
               "The graph reads SCALE * value + OFFSET of what fsdnet is given, e.g. 0.00392157 of bytes");
    add_number(verb, "--offset", options->how.offset, between(-1e30, 1e30), "See --scale");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
