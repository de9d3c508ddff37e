// Bounds beside measurements, as JSON and as tables.
#include "apps/fsdnet/quantization_report.h"

#include "runtime/error.h"
#include "runtime/formats/printable_text.h"

#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LayerBound &bound) {
    return {{"weights", bound.weights},
            {"activations", bound.activations},
            {"total", bound.total},
            {"simple_weights", bound.simple},
            {"kl", bound.divergence()}};
}

Json json_of(const Deviation &deviation) {
    return {{"largest", deviation.largest},
            {"mean", deviation.mean},
            {"kl_largest", deviation.largest_divergence},
            {"kl_mean", deviation.mean_divergence}};
}

Json accuracy_of(const Evaluation &evaluation) {
    return {{"accuracy", evaluation.accuracy}, {"nll", evaluation.nll}, {"ece", evaluation.ece}};
}

Json json_of(const CertificateReport &report) {
    if (!report.refusal.empty()) {
        return {{"refused", report.refusal}};
    }
    const CertificateSummary &summary = report.summary;
    return {{"images", summary.images},
            {"proved", summary.proved},
            {"share", static_cast<double>(summary.proved) / static_cast<double>(summary.images)},
            {"decisions_changed", summary.changed},
            {"inequalities", summary.inequalities},
            {"violations", summary.violations}};
}

std::string fixed(double number, int digits, int width) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(digits) << std::setw(width) << number;
    return out.str();
}

std::string scientific(double number) {
    std::ostringstream out;
    out << std::scientific << std::setprecision(2) << std::setw(10) << number;
    return out.str();
}

std::string name_column(const std::string &name) {
    std::ostringstream out;
    out << std::left << std::setw(24) << name;
    return out.str();
}

void write_bounds(std::ostream &out, const QuantizationReport &report) {
    out << "\nproved for every input, nats: |log h' - log h| <= bound, KL(h || h') <= bound^2 / 8\n"
        << "layer                    largest |W|  centered      step   weights + activations =    bound  "
           "bound^2/8\n";
    for (const QuantizedLayerReport &layer : report.layers) {
        out << name_column(layer.layer) << fixed(layer.stored_weight, 2, 12)
            << fixed(layer.centered_weight, 2, 10) << fixed(layer.largest_scale, 4, 10)
            << fixed(layer.bound.weights, 4, 10) << fixed(layer.bound.activations, 4, 14)
            << fixed(layer.bound.total, 4, 11) << fixed(layer.bound.divergence(), 4, 11) << '\n';
    }
}

void write_deviations(std::ostream &out, const QuantizationReport &report) {
    out << "\nmeasured, nats: the spread of log h' - log h over the states, and KL(h || h')\n"
        << "                         this layer alone                           from the image on\n"
        << "layer                       bound   largest      mean   mean KL   largest      mean   mean KL\n";
    for (std::size_t k = 0; k < report.layers.size(); k++) {
        const LayerMeasurement &layer = report.measured->measurement.layers[k];
        out << name_column(report.layers[k].layer) << fixed(report.layers[k].bound.total, 4, 9)
            << fixed(layer.local.largest, 4, 10) << fixed(layer.local.mean, 4, 10)
            << scientific(layer.local.mean_divergence) << fixed(layer.end_to_end.largest, 4, 10)
            << fixed(layer.end_to_end.mean, 4, 10) << scientific(layer.end_to_end.mean_divergence) << '\n';
    }
}

void write_decisions(std::ostream &out, const MeasuredReport &measured) {
    const auto row = [&](const char *name, double model, double quantized, int digits, const char *unit) {
        out << std::left << std::setw(10) << name << std::right << fixed(model, digits, 9) << unit
            << fixed(quantized, digits, 12) << unit << '\n';
    };
    out << '\n' << printable_text(measured.data) << ", " << measured.model.images << " images\n";
    out << "            float32       quantized\n";
    row("accuracy", 100 * measured.model.accuracy, 100 * measured.quantized.accuracy, 2, " %  ");
    row("NLL", measured.model.nll, measured.quantized.nll, 4, " nat");
    row("ECE", measured.model.ece, measured.quantized.ece, 4, "    ");
    out << "decisions changed: " << measured.changed_from_float32 << " against the float32 kernels, "
        << measured.measurement.changed << " against float64\n";
}

void write_certificate(std::ostream &out, const CertificateReport &report) {
    if (!report.refusal.empty()) {
        out << '\n' << report.refusal << '\n';
        return;
    }
    const CertificateSummary &summary = report.summary;
    out << "\ncertificate, 16-bit weights (the last layer's: 8) and activations (pixels: 8)\n"
        << "decisions proved to be those of exact arithmetic: " << summary.proved << " of " << summary.images
        << " ("
        << fixed(100 * static_cast<double>(summary.proved) / static_cast<double>(summary.images), 2, 0)
        << " %)\n"
        << "decisions changed: " << summary.changed
        << "\ninequalities checked against float64: " << summary.inequalities
        << ", violated: " << summary.violations << '\n';
}

}  // namespace

std::size_t QuantizationReport::violations() const {
    std::size_t sum = certificate ? certificate->summary.violations : 0;
    if (measured) {
        for (const LayerMeasurement &layer : measured->measurement.layers) {
            sum += layer.violations;
        }
    }
    return sum;
}

Json json_of(const QuantizationReport &report) {
    Json all = {{"model", report.model}};
    if (!report.output.empty()) {
        all["output"] = report.output;
        all["bytes"] = report.bytes;
    }
    all["layers"] = Json::array();
    for (std::size_t k = 0; k < report.layers.size(); k++) {
        const QuantizedLayerReport &layer = report.layers[k];
        Json entry = {{"layer", layer.layer},
                      {"largest_weight", layer.stored_weight},
                      {"largest_centered_weight", layer.centered_weight},
                      {"largest_scale", layer.largest_scale},
                      {"bound", json_of(layer.bound)}};
        if (report.measured) {
            const LayerMeasurement &measured = report.measured->measurement.layers[k];
            entry["local"] = json_of(measured.local);
            entry["end_to_end"] = json_of(measured.end_to_end);
            entry["violations"] = measured.violations;
        }
        all["layers"].push_back(entry);
    }
    if (report.measured) {
        all["data"] = report.measured->data;
        all["images"] = report.measured->model.images;
        all["float32"] = accuracy_of(report.measured->model);
        all["quantized"] = accuracy_of(report.measured->quantized);
        all["decisions_changed"] = report.measured->changed_from_float32;
        all["decisions_changed_from_float64"] = report.measured->measurement.changed;
    }
    if (report.certificate) {
        all["certificate"] = json_of(*report.certificate);
    }
    return all;
}

std::string table_of(const QuantizationReport &report) {
    std::ostringstream out;
    if (!report.output.empty()) {
        out << "wrote " << printable_text(report.output) << ": " << report.bytes << " bytes\n";
    }
    write_bounds(out, report);
    if (report.measured) {
        write_deviations(out, report);
        write_decisions(out, *report.measured);
    }
    if (report.certificate) {
        write_certificate(out, *report.certificate);
    }
    return out.str();
}

}  // namespace fsd::command_line
