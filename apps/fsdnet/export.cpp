// `fsdnet export`: writes a model in another runtime's format.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/onnx/onnx.h"

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Export {
    std::vector<std::string> files;
    std::string model;
    std::string output;
    ExpectedResult wanted;
    bool floats = false;
    bool folded = false;
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
    prepare_outputs(with_expected_result({{"the model", model}}, options.wanted), {{"--out", options.output}},
                    options.json);
}

std::string shape_text(const OnnxValue &value) {
    std::string list;
    for (const int extent : value.shape) {
        list += (list.empty() ? "" : ", ") + (extent < 0 ? "sample" : std::to_string(extent));
    }
    return "[" + list + "]";
}

std::string axes_text(const OnnxValue &value) {
    std::string list;
    for (const std::string &axis : value.axes) {
        list += (list.empty() ? "" : ", ") + axis;
    }
    return "[" + list + "]" + (value.unit.empty() ? "" : ", " + value.unit);
}

void print_value(const OnnxValue &value) {
    std::cout << std::left << std::setw(15) << value.name << std::setw(9) << to_string(value.type)
              << std::right << shape_text(value) << ' ' << axes_text(value) << '\n';
}

nlohmann::ordered_json json_of(const OnnxValue &value) {
    nlohmann::ordered_json shape = nlohmann::ordered_json::array();
    for (const int extent : value.shape) {
        shape.push_back(extent < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(extent));
    }
    return {{"name", value.name}, {"type", to_string(value.type)}, {"axes", value.axes}, {"shape", shape}};
}

void run(Export options) {
    for (const std::string &file : options.files) {
        assign(options, file);
    }
    const std::string path = chosen_model(options.model);
    check_output(options, path);
    const Model model = load_model(path);
    need_expected({model, std::nullopt}, options.wanted, "cpu");
    const OnnxNumbers numbers = options.floats ? OnnxNumbers::floats : OnnxNumbers::bytes;
    const OnnxWeights weights = options.folded ? OnnxWeights::folded : OnnxWeights::distributions;
    const std::size_t bytes = export_onnx(model, options.output, numbers, weights);
    const OnnxValue input = onnx_input(model, numbers), result = onnx_result(model);
    if (!options.json) {
        std::cout << "wrote " << printable_text(options.output) << ": ONNX operator set " << onnx_operator_set
                  << ", " << bytes << " bytes\n";
        print_value(input);
        print_value(result);
        return;
    }
    print_json({{"model", path},
                {"output", options.output},
                {"format", "onnx"},
                {"operator_set", onnx_operator_set},
                {"bytes", bytes},
                {"input", json_of(input)},
                {"result", json_of(result)},
                {"classes", model.classes}});
}

}  // namespace

void add_export(CLI::App &program) {
    const auto options = std::make_shared<Export>();
    CLI::App &verb = add_verb(program, "export", "Write a model as an ONNX file in standard operators",
                              "fsdnet export models/mnist-16-32.safetensors --out mnist.onnx");
    verb.add_option("files", options->files, "The model, and the file to write if it ends in .onnx")
        ->type_name("MODEL");
    add_model_option(verb, options->model);
    verb.add_option("-o,--out,--output", options->output, "The ONNX file to write")->type_name("FILE");
    verb.add_flag("--floats", options->floats, "The graph of images takes float32 numbers instead of bytes");
    verb.add_flag(
        "--folded", options->folded,
        "Distributions as weights, for readers that want constants there; import cannot give them back");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
