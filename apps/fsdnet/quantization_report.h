// The result of `fsdnet quantize`.
#pragma once

#include "toolkit/evaluation/evaluation.h"
#include "toolkit/quantization/certificate.h"
#include "toolkit/quantization/measurement.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fsd::command_line {

struct QuantizedLayerReport {
    std::string layer;
    double stored_weight = 0, centered_weight = 0;  // largest |W|, nats
    double largest_scale = 0;                       // nats per unit
    LayerBound bound;
};

struct MeasuredReport {
    std::string data;
    Evaluation model, quantized;  // by float32 kernels; in integers
    int changed_from_float32 = 0;
    QuantizationMeasurement measurement;
};

struct CertificateReport {
    CertificateSummary summary;
    std::string refusal;  // why there is no certificate; else empty
};

struct QuantizationReport {
    std::string model, output;  // output: empty where no file was written
    std::size_t bytes = 0;      // of it
    std::vector<QuantizedLayerReport> layers;
    std::optional<MeasuredReport> measured;
    std::optional<CertificateReport> certificate;

    // Inequalities that were proved and do not hold for what was measured; 0 unless there is a fault.
    std::size_t violations() const;
};

nlohmann::ordered_json json_of(const QuantizationReport &report);
std::string table_of(const QuantizationReport &report);

}  // namespace fsd::command_line
