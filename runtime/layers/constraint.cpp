// Walks over the numbers; nothing here needs memory that grows with the tensor.
#include "runtime/layers/constraint.h"

#include "runtime/error.h"
#include "runtime/models/model_limits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fsd {
namespace {

const float *numbers(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

[[noreturn]] void refuse(const std::string &subject, const std::string &sentence) {
    throw Error(ExitCode::bad_input, subject + ": " + sentence);
}

template<typename Holds>
void check_each(const std::string &subject, const Tensor &tensor, const std::string &wanted, Holds holds) {
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        if (!std::isfinite(numbers(tensor)[i])) {
            refuse(subject, text("element ", i, " is ", numbers(tensor)[i], ", not a finite number."));
        }
        if (!holds(numbers(tensor)[i])) {
            refuse(subject, text("element ", i, " is ", numbers(tensor)[i], "; ", wanted, "."));
        }
    }
}

void check_sum(const std::string &subject, std::size_t first_element, double sum) {
    if (!(std::fabs(sum - 1) <= sum_tolerance)) {
        refuse(subject,
               text("is not normalized: the probabilities of the distribution that begins at element ",
                    first_element, " sum to ", sum, " instead of 1 (tolerance ", sum_tolerance, ")."));
    }
}

// Numbers [position, state, inner]: each (position, inner) is a distribution over the states. They are summed
// in blocks.
void check_normalized(const std::string &subject, const Tensor &tensor, std::size_t states,
                      std::size_t inner) {
    std::array<double, 256> sums{};
    const std::size_t count = tensor.number_of_elements();
    for (std::size_t position = 0; position < count; position += states * inner) {
        for (std::size_t block = 0; block < inner; block += sums.size()) {
            const std::size_t width = std::min(sums.size(), inner - block);
            const float *first = numbers(tensor) + position + block;
            sums.fill(0);
            for (std::size_t state = 0; state < states; state++) {
                for (std::size_t i = 0; i < width; i++) {
                    sums[i] += std::exp(static_cast<double>(first[state * inner + i]));
                }
            }
            for (std::size_t i = 0; i < width; i++) {
                check_sum(subject, position + block + i, sums[i]);
            }
        }
    }
}

}  // namespace

Constraint finite() {
    return [](const std::string &subject, const Tensor &tensor) {
        check_each(subject, tensor, "", [](float) { return true; });
    };
}

Constraint finite_positive() {
    return [](const std::string &subject, const Tensor &tensor) {
        check_each(subject, tensor, "it must be positive", [](float number) { return number > 0; });
    };
}

Constraint finite_non_negative() {
    return [](const std::string &subject, const Tensor &tensor) {
        check_each(subject, tensor, "it must not be negative", [](float number) { return number >= 0; });
    };
}

Constraint log_distribution_over(std::size_t axis) {
    return [axis](const std::string &subject, const Tensor &tensor) {
        finite()(subject, tensor);
        const Shape shape = shape_of(tensor);
        std::size_t inner = 1;
        for (std::size_t i = axis + 1; i < shape.size(); i++) {
            inner *= static_cast<std::size_t>(shape[i]);
        }
        check_normalized(subject, tensor, static_cast<std::size_t>(shape[axis]), inner);
    };
}

}  // namespace fsd
