// Calls of the sampling kernels.
#include "toolkit/analysis/moments/samples.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace fsd::analysis {
namespace {

// Without a way out in between, so that compilers take vectors.
bool all_finite(const float *values, std::size_t count) {
    bool finite = true;
    for (std::size_t i = 0; i < count; i++) {
        finite &= std::fabs(values[i]) <= std::numeric_limits<float>::max();
    }
    return finite;
}

void need_finite(bool finite) {
    if (!finite) {
        throw Error(ExitCode::bad_input,
                    "The samples hold a NaN or an infinity; every number must be finite.");
    }
}

// float32 [sample, unit], dense.
Tensor as_rows(const Tensor &samples) {
    const Shape shape = shape_of(samples);
    if (shape.size() < 2 || shape[0] < 1 || element_count(shape) == 0) {
        throw Error(ExitCode::bad_input,
                    text("Samples must be an array [sample, number] with at least one of each; found ",
                         to_string(shape), "."));
    }
    const int count = shape[0],
              units = static_cast<int>(element_count(shape) / static_cast<std::size_t>(count));
    if (samples.type() == halide_type_of<std::uint8_t>()) {
        Tensor floats = make_tensor<float>({count, units});
        const auto *bytes = static_cast<const std::uint8_t *>(samples.data());
        std::copy(bytes, bytes + element_count(shape), static_cast<float *>(floats.data()));
        return floats;
    }
    if (samples.type() != halide_type_of<float>()) {
        throw Error(ExitCode::bad_input,
                    text("Samples must be float32 or uint8; found ", to_string(samples.type()), "."));
    }
    return reshaped(samples, {count, units});
}

}  // namespace

Moments sample_moments(const Tensor &samples) {
    const Tensor rows = as_rows(samples);
    const int units = shape_of(rows)[1];
    Moments result{Vector(units), Matrix(units, units)};
    Call call(need_kernel("sample_covariance", {"cpu"}));
    call.set("samples", rows)
        .set("result_mean", view(result.mean))
        .set("result_covariance", view(result.covariance));
    call();
    need_finite(result.mean.allFinite());  // float64 sums of finite float32 numbers are
    return result;
}

Matrix third_cumulants(const Tensor &samples) {
    const Tensor rows = as_rows(samples);
    need_finite(all_finite(static_cast<const float *>(rows.data()), rows.number_of_elements()));
    const int units = shape_of(rows)[1];
    Matrix result(units, units);
    Call call(need_kernel("third_cumulants", {"cpu"}));
    call.set("samples", rows).set("third_cumulant", view(result));
    call();
    return result;
}

Tensor samples_of_class(const Tensor &samples, const std::vector<int> &labels, int label) {
    const auto units = samples.number_of_elements() / std::max<std::size_t>(1, labels.size());
    const auto count = static_cast<int>(std::count(labels.begin(), labels.end(), label));
    Tensor chosen = make_tensor<float>({count, static_cast<int>(units)});
    auto *next = static_cast<float *>(chosen.data());
    for (std::size_t sample = 0; sample < labels.size(); sample++) {
        if (labels[sample] == label) {
            const float *row = static_cast<const float *>(samples.data()) + sample * units;
            next = std::copy(row, row + units, next);
        }
    }
    return chosen;
}

}  // namespace fsd::analysis
