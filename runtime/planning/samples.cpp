// Walks over strides of any size.
#include "runtime/planning/samples.h"

#include "runtime/error.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace fsd {
namespace {

// Bytes between two samples, rows, ... along an axis.
std::ptrdiff_t bytes_along(const Tensor &tensor, int axis) {
    return static_cast<std::ptrdiff_t>(tensor.dim(axis).stride()) * tensor.type().bytes();
}

}  // namespace

bool is_dense(const Tensor &tensor) {
    std::ptrdiff_t expected = 1;
    for (int axis = 0; axis < tensor.dimensions(); axis++) {
        if (tensor.dim(axis).stride() != expected) {
            return false;
        }
        expected *= tensor.dim(axis).extent();
    }
    return true;
}

void copy_sample(const Tensor &inputs, int sample, void *to) {
    const int axes = inputs.dimensions() - 1;
    const std::size_t bytes = static_cast<std::size_t>(inputs.dim(0).extent()) * inputs.type().bytes();
    const int width = axes > 1 ? inputs.dim(1).extent() : 1;
    const int height = axes > 2 ? inputs.dim(2).extent() : 1;
    const auto *from = static_cast<const uint8_t *>(inputs.data()) + sample * bytes_along(inputs, axes);
    auto *place = static_cast<uint8_t *>(to);
    for (int y = 0; y < height; y++) {
        const uint8_t *const row = from + (axes > 2 ? y * bytes_along(inputs, 2) : 0);
        for (int x = 0; x < width; x++, place += bytes) {
            std::memcpy(place, row + (axes > 1 ? x * bytes_along(inputs, 1) : 0), bytes);
        }
    }
}

void check_numbers(const Input &input, const float *numbers, std::size_t count, int sample) {
    const bool bernoulli = input.kind == InputKind::bernoulli;
    const float least = bernoulli ? 0 : -std::numeric_limits<float>::max();
    const float most = bernoulli ? 1 : std::numeric_limits<float>::max();
    const float *const end = numbers + count;
    const float *const found =
        std::find_if(numbers, end, [&](float number) { return !(number >= least && number <= most); });
    if (found != end) {
        throw Error(ExitCode::bad_input,
                    text("Number ", found - numbers, " of sample ", sample, " is ", *found, "; expected ",
                         bernoulli ? "a probability between 0 and 1." : "a finite number."));
    }
}

void copy_row(const float *row, int sample, Tensor &result) {
    float *place =
        static_cast<float *>(result.data()) + static_cast<std::ptrdiff_t>(sample) * result.dim(1).stride();
    for (std::ptrdiff_t i = 0; i < result.dim(0).extent(); i++) {
        place[i * result.dim(0).stride()] = row[i];
    }
}

}  // namespace fsd
