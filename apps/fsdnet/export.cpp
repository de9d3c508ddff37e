// `fsdnet export`: writes a model in another runtime's format.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "toolkit/onnx/onnx.h"

#include <filesystem>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Export {
    std::vector<std::string> files;
    std::string model;
    std::string output;
    bool json = false;
};

bool is_onnx(const std::string &path) {
    return std::filesystem::path(path).extension() == ".onnx";
}

// A file named without an option is the model, or, by its ending, the one to write.
void assign(Export &options, const std::string &file) {
    std::string &place = is_onnx(file) && options.output.empty() ? options.output : options.model;
    if (!place.empty()) {
        throw Error(ExitCode::usage,
                    text("Two files would be the ", &place == &options.output ? "output" : "model", ", '",
                         place, "' and '", file, "'; give one model and one file that ends in .onnx."));
    }
    place = file;
}

void check_output(const Export &options, const std::string &model) {
    if (options.output.empty()) {
        throw Error(ExitCode::usage, "The file to write is missing; add --out FILE.onnx.");
    }
    std::error_code ignored;
    if (std::filesystem::equivalent(model, options.output, ignored)) {
        throw Error(ExitCode::usage,
                    text("The output '", options.output, "' is the model itself; name another file."));
    }
}

void run(Export options) {
    for (const std::string &file : options.files) {
        assign(options, file);
    }
    const std::string path = chosen_model(options.model);
    check_output(options, path);
    const Model model = load_model(path);
    const std::size_t bytes = export_onnx(model, options.output);
    if (!options.json) {
        std::cout << "wrote " << options.output << ": ONNX operator set " << onnx_operator_set << ", "
                  << bytes << " bytes\nimage          uint8    [sample, " << model.input.height << ", "
                  << model.input.width << ", " << model.input.colors
                  << "] [sample, y, x, color]\nlog_posterior  float32  [sample, " << model.classes.size()
                  << "] [sample, class], nats\n";
        return;
    }
    print_json({{"model", path},
                {"output", options.output},
                {"format", "onnx"},
                {"operator_set", onnx_operator_set},
                {"bytes", bytes},
                {"input",
                 {{"name", "image"},
                  {"type", "uint8"},
                  {"axes", {"sample", "y", "x", "color"}},
                  {"shape", {nullptr, model.input.height, model.input.width, model.input.colors}}}},
                {"result",
                 {{"name", "log_posterior"},
                  {"type", "float32"},
                  {"axes", {"sample", "class"}},
                  {"shape", {nullptr, model.classes.size()}}}},
                {"classes", model.classes}});
}

}  // namespace

void add_export(CLI::App &program) {
    const auto options = std::make_shared<Export>();
    CLI::App &verb = add_verb(program, "export", "Write a model as an ONNX file in standard operators",
                              "fsdnet export models/mnist.safetensors --out mnist.onnx");
    verb.add_option("files", options->files, "The model, and the file to write if it ends in .onnx")
        ->type_name("MODEL");
    add_model_option(verb, options->model);
    verb.add_option("-o,--out,--output", options->output, "The ONNX file to write")->type_name("FILE");
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
