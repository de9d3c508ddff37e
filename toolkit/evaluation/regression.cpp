// Sums in float64, in the order of the samples.
#include "toolkit/evaluation/regression.h"

#include "runtime/error.h"

#include <cmath>

namespace fsd {
namespace {

// The sum over all numbers of the squared distance from their mean over the samples.
double spread(const float *targets, int samples, int numbers) {
    double sum = 0;
    for (int number = 0; number < numbers; number++) {
        double mean = 0;
        for (int sample = 0; sample < samples; sample++) {
            mean += targets[std::size_t(sample) * numbers + number] / static_cast<double>(samples);
        }
        for (int sample = 0; sample < samples; sample++) {
            const double distance = targets[std::size_t(sample) * numbers + number] - mean;
            sum += distance * distance;
        }
    }
    return sum;
}

}  // namespace

Regression compare_with_targets(const Tensor &predicted, const Tensor &targets) {
    const Shape shape = shape_of(targets);
    if (shape != shape_of(predicted)) {
        throw Error(ExitCode::bad_input,
                    text("The network gives numbers of shape ", to_string(shape_of(predicted)),
                         "; the targets have ", to_string(shape), "."));
    }
    const auto *prediction = static_cast<const float *>(predicted.data());
    const auto *target = static_cast<const float *>(targets.data());
    double errors = 0;
    for (std::size_t i = 0; i < element_count(shape); i++) {
        const double error = static_cast<double>(prediction[i]) - target[i];
        errors += error * error;
    }
    const double most = spread(target, shape[0], shape[1]);
    return {shape[0], errors / static_cast<double>(element_count(shape)),
            most > 0 ? 1 - errors / most : std::nan("")};
}

}  // namespace fsd
