// Compares traces, image by image, and adds up in the order of the images.
#include "toolkit/quantization/measurement.h"

#include "toolkit/evaluation/information.h"
#include "toolkit/quantization/each_image.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// The bound is computed and the sums are rounded in float64: about 1e-16 of the evidence's magnitude, which
// stays far below 1e6 nats.
constexpr double float64_slack = 1e-9;

struct Totals {
    Deviation deviation;  // sums in place of means
    std::size_t groups = 0;
    std::size_t violations = 0;
};

struct ImageTotals {
    std::vector<Totals> local, end_to_end;
};

void add(Totals &totals, const double *exact, const double *quantized, int states, double bound) {
    double least = quantized[0] - exact[0], most = least;
    for (int s = 0; s < states; s++) {
        const double difference = quantized[s] - exact[s];
        least = std::min(least, difference);
        most = std::max(most, difference);
    }
    const double divergence = divergence_of_logarithms(exact, quantized, static_cast<std::size_t>(states));
    totals.deviation.largest = std::max(totals.deviation.largest, most - least);
    totals.deviation.mean += most - least;
    totals.deviation.largest_divergence = std::max(totals.deviation.largest_divergence, divergence);
    totals.deviation.mean_divergence += divergence;
    totals.groups++;
    totals.violations += most - least > bound + float64_slack ? 1 : 0;
}

// Both are log-evidence; compared are their posteriors.
Totals compared(const NumberMap &exact_evidence, const NumberMap &quantized_evidence, double bound) {
    const NumberMap exact = log_normalized(exact_evidence), quantized = log_normalized(quantized_evidence);
    Totals totals;
    const auto states = static_cast<std::size_t>(exact.states());
    for (std::size_t row = 0; row < exact.numbers.size(); row += states) {
        add(totals, &exact.numbers[row], &quantized.numbers[row], exact.states(), bound);
    }
    return totals;
}

ImageTotals compared(const ExactNetwork &exact, const Trace &exact_trace, const Trace &quantized_trace,
                     const std::vector<LayerBound> &bounds) {
    ImageTotals totals;
    for (std::size_t k = 0; k < exact.layers().size(); k++) {
        const std::size_t index = exact.layers()[k].index;
        const NumberMap &evidence = quantized_trace[index + 1];
        totals.local.push_back(
            compared(exact.evidence(k, quantized_trace[index]), evidence, bounds[k].total));
        totals.end_to_end.push_back(compared(exact_trace[index + 1], evidence, HUGE_VAL));
    }
    return totals;
}

void add(Totals &all, const Totals &one) {
    all.deviation.largest = std::max(all.deviation.largest, one.deviation.largest);
    all.deviation.largest_divergence =
        std::max(all.deviation.largest_divergence, one.deviation.largest_divergence);
    all.deviation.mean += one.deviation.mean;
    all.deviation.mean_divergence += one.deviation.mean_divergence;
    all.groups += one.groups;
    all.violations += one.violations;
}

Deviation mean_of(const Totals &totals) {
    Deviation deviation = totals.deviation;
    const auto groups = static_cast<double>(std::max<std::size_t>(totals.groups, 1));
    deviation.mean /= groups;
    deviation.mean_divergence /= groups;
    return deviation;
}

LayerMeasurement added_up(const std::vector<ImageTotals> &images, std::size_t k) {
    Totals local, end_to_end;
    for (const ImageTotals &image : images) {
        add(local, image.local[k]);
        add(end_to_end, image.end_to_end[k]);
    }
    return {mean_of(local), mean_of(end_to_end), local.violations};
}

void copy_row(const NumberMap &map, std::size_t sample, Tensor &rows) {
    std::transform(map.numbers.begin(), map.numbers.end(),
                   static_cast<float *>(rows.data()) + sample * map.numbers.size(),
                   [](double number) { return static_cast<float>(number); });
}

}  // namespace

QuantizationMeasurement measure(const ExactNetwork &exact, const IntegerNetwork &quantized,
                                const std::vector<LayerBound> &bounds, const Tensor &images) {
    const int samples = images.dim(3).extent(), classes = static_cast<int>(exact.model().classes.size());
    QuantizationMeasurement result;
    result.exact = make_tensor<float>({samples, classes});
    result.quantized = make_tensor<float>({samples, classes});
    std::vector<ImageTotals> totals(static_cast<std::size_t>(samples));
    std::vector<char> changed(totals.size());
    for_each_image("compares images", images, [&](std::size_t sample, const uint8_t *image) {
        const Trace exact_trace = exact.run(image), quantized_trace = quantized.run(image);
        totals[sample] = compared(exact, exact_trace, quantized_trace, bounds);
        changed[sample] = decision(exact_trace.back()) != decision(quantized_trace.back()) ? 1 : 0;
        copy_row(exact_trace.back(), sample, result.exact);
        copy_row(quantized_trace.back(), sample, result.quantized);
    });
    for (std::size_t k = 0; k < exact.layers().size(); k++) {
        result.layers.push_back(added_up(totals, k));
    }
    result.changed = static_cast<int>(std::count(changed.begin(), changed.end(), 1));
    return result;
}

}  // namespace fsd
