// Walks over strides of any size.
#include "runtime/planning/samples.h"

#include "runtime/error.h"

#include <algorithm>
#include <limits>

namespace fsd {
namespace {

template<typename Number>
void copy_numbers(const Tensor &inputs, int sample, Number *to) {
    const int axes = inputs.dimensions() - 1;
    const auto *from = static_cast<const Number *>(inputs.data()) +
                       static_cast<std::ptrdiff_t>(sample) * inputs.dim(axes).stride();
    const std::ptrdiff_t colors = inputs.dim(0).extent();
    const std::ptrdiff_t width = axes > 1 ? inputs.dim(1).extent() : 1;
    const std::ptrdiff_t height = axes > 2 ? inputs.dim(2).extent() : 1;
    for (std::ptrdiff_t y = 0; y < height; y++) {
        for (std::ptrdiff_t x = 0; x < width; x++, to += colors) {
            const std::ptrdiff_t row = axes > 2 ? y * inputs.dim(2).stride() : 0;
            const std::ptrdiff_t column = axes > 1 ? x * inputs.dim(1).stride() : 0;
            std::copy_n(from + row + column, colors, to);
        }
    }
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
    inputs.type() == halide_type_of<uint8_t>() ? copy_numbers(inputs, sample, static_cast<uint8_t *>(to))
                                               : copy_numbers(inputs, sample, static_cast<float *>(to));
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
