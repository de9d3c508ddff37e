// `fsdnet quantize`: a network in 8-bit integers, with what that costs: proved, measured, certified.
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/quantization_report.h"
#include "apps/fsdnet/raised_numbers.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/network.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

struct Quantize {
    std::string file, model;
    std::string output;
    DataOptions data;
    ExpectedResult wanted;
    std::string device = "cpu";
    bool certify = false;
    bool json = false;
};

std::string model_of(const Quantize &options) {
    if (!options.file.empty() && !options.model.empty()) {
        throw Error(ExitCode::usage, text("Two models are given, '", options.file, "' and '", options.model,
                                          "'; one at a time can be quantized."));
    }
    return chosen_model(options.file.empty() ? options.model : options.file);
}

void check(const Quantize &options, const std::string &path) {
    if (options.certify && options.data.path.empty()) {
        throw Error(ExitCode::usage,
                    "--certify proves decisions image by image; add --data with the images.");
    }
    prepare_outputs(
        with_expected_result(
            {{"the model", path}, {"--data", options.data.path}, {"--labels", options.data.labels}},
            options.wanted),
        {{"--out", options.output}}, options.json);
}

std::vector<QuantizedLayerReport> layer_reports(const std::vector<ExactLayer> &stored,
                                                const std::vector<ExactLayer> &centered,
                                                const QuantizedNetwork &quantized) {
    std::vector<QuantizedLayerReport> reports;
    for (std::size_t k = 0; k < centered.size(); k++) {
        const ExactLayer &layer = centered[k];
        const auto *scales = static_cast<const float *>(quantized.layers[k].scales.data());
        const std::string &op = quantized.description.layers[layer.index].op;
        reports.push_back({text(layer.index, "  ", op, " '", layer.name, "'"), stored[k].largest_weight(),
                           layer.largest_weight(), *std::max_element(scales, scales + layer.outputs()),
                           layer_bound(layer, quantized.layers[k])});
    }
    return reports;
}

std::vector<LayerBound> bounds_of(const std::vector<QuantizedLayerReport> &reports) {
    std::vector<LayerBound> bounds;
    for (const QuantizedLayerReport &report : reports) {
        bounds.push_back(report.bound);
    }
    return bounds;
}

int changed_decisions(const Tensor &one, const Tensor &other) {
    const Shape shape = shape_of(one);
    const auto *a = static_cast<const float *>(one.data()), *b = static_cast<const float *>(other.data());
    int changed = 0;
    for (int sample = 0; sample < shape[0]; sample++, a += shape[1], b += shape[1]) {
        changed += std::max_element(a, a + shape[1]) - a != std::max_element(b, b + shape[1]) - b ? 1 : 0;
    }
    return changed;
}

MeasuredReport measured_on(const ExactNetwork &exact, const QuantizedNetwork &quantized,
                           const std::vector<LayerBound> &bounds, const Dataset &data,
                           const std::string &device) {
    NetworkOptions options;
    options.device = device;
    Network kernels(exact.model(), options);
    const Tensor float32 = log_posteriors(kernels, data.inputs());
    MeasuredReport report;
    report.data = data.source;
    report.measurement = measure(exact, IntegerNetwork(quantized), bounds, data.images);
    report.model = evaluate(float32, data.labels);
    report.quantized = evaluate(report.measurement.quantized, data.labels);
    report.changed_from_float32 = changed_decisions(float32, report.measurement.quantized);
    return report;
}

// A network without certificate is no failure: its quantization stands.
CertificateReport certificate_of(const Model &model, const Tensor &images) {
    try {
        return {certify(Certifier(model), images), ""};
    } catch (const Error &error) {
        if (error.code() != ExitCode::unsupported) {
            throw;
        }
        return {{}, error.what()};
    }
}

QuantizationReport report_of(const Quantize &options, const std::string &path, const std::string &device) {
    const Model model = load_model(path);
    note_raised_numbers(model);
    const QuantizedNetwork quantized = quantize(model);
    need_expected({quantized.description, quantized}, options.wanted, "cpu");
    const ExactNetwork exact(model);
    QuantizationReport report;
    report.model = path;
    report.layers = layer_reports(stored_layers(model), exact.layers(), quantized);
    if (!options.data.path.empty()) {
        const Dataset data = noted_load(model, options.data);
        need_images(data);
        report.measured = measured_on(exact, quantized, bounds_of(report.layers), data, device);
        if (options.certify) {
            report.certificate = certificate_of(model, data.images);
        }
    }
    if (!options.output.empty()) {
        save_quantized(quantized, options.output);
        report.output = options.output;
        std::error_code ignored;
        const auto bytes = std::filesystem::file_size(options.output, ignored);
        report.bytes = ignored ? 0 : bytes;
    }
    return report;
}

void run(const Quantize &options) {
    const std::string path = model_of(options);
    check(options, path);
    const QuantizationReport report = report_of(options, path, device_to_use(options.device));
    if (options.json) {
        print_json(json_of(report));
    } else {
        std::cout << table_of(report);
    }
    if (report.violations() > 0) {
        throw Error(ExitCode::check_failed,
                    text(report.violations(),
                         " proved inequalities do not hold for what was measured: a fault "
                         "of fsdnet or of this machine; please report it."));
    }
}

}  // namespace

void add_quantize(CLI::App &program) {
    const auto options = std::make_shared<Quantize>();
    CLI::App &verb = add_verb(program, "quantize",
                              "Turn a model into 8-bit integers; show proved bounds and measured errors",
                              "fsdnet quantize models/mnist-16-32.safetensors --data ../shared/data/mnist "
                              "--out mnist-16-32-8bit.safetensors");
    verb.add_option("file", options->file, "The model")->type_name("MODEL");
    add_model_option(verb, options->model);
    verb.add_option("-o,--out,--output", options->output,
                    "The quantized file to write; evaluate and classify take it as --model")
        ->type_name("FILE");
    verb.add_option("-d,--data", options->data.path,
                    "Measure errors and decisions on labeled images (as for evaluate)")
        ->type_name("PATH");
    add_labels_option(verb, options->data.labels);
    verb.add_option("--split", options->data.split, "Which images")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--images", options->data.images, at_least(1), "Only the first N images");
    verb.add_flag(
        "--certify", options->certify,
        "Evaluate with 16-bit weights (8 in the last layer) and activations as well, and prove, image "
        "by image, that the decision is that of exact arithmetic");
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
