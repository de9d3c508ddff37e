// As NumPy's allclose with equal_nan.
#include "toolkit/npy/close_numbers.h"

#include "runtime/error.h"

#include <cmath>
#include <limits>

namespace fsd {
namespace {

// Row-major index of element i: [sample, number].
Shape place_of(std::size_t i, const Shape &shape) {
    Shape place(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; i /= static_cast<std::size_t>(shape[axis])) {
        place[axis] = static_cast<int>(i % static_cast<std::size_t>(shape[axis]));
    }
    return place;
}

// 0 where both are the same, infinity too, or both are NaN.
double distance(double found, double expected) {
    if (found == expected || (std::isnan(found) && std::isnan(expected))) {
        return 0;
    }
    const double difference = std::fabs(found - expected);
    return std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
}

struct Differences {
    std::size_t count = 0, farthest = 0;
    double largest = -1;
};

Differences differences(const Tensor &found, const Tensor &expected, double absolute, double relative) {
    const auto *ours = static_cast<const float *>(found.data());
    const auto *theirs = static_cast<const float *>(expected.data());
    Differences all;
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        const double far = distance(ours[i], theirs[i]);
        // Nothing is close to an infinite number, however large a share of it is allowed.
        if (far == 0 || (std::isfinite(far) && far <= absolute + relative * std::fabs(double{theirs[i]}))) {
            continue;
        }
        all.count++;
        if (far > all.largest) {
            all.largest = far;
            all.farthest = i;
        }
    }
    return all;
}

}  // namespace

void need_close(const Tensor &found, const Tensor &expected, double absolute, double relative) {
    const Shape shape = shape_of(found);
    if (shape != shape_of(expected)) {
        throw Error(ExitCode::bad_input, text("The network gives numbers of shape ", to_string(shape),
                                              "; those expected have ", to_string(shape_of(expected)), "."));
    }
    const Differences all = differences(found, expected, absolute, relative);
    if (all.count > 0) {
        throw Error(ExitCode::check_failed,
                    text("The network gives ", static_cast<const float *>(found.data())[all.farthest], " at ",
                         to_string(place_of(all.farthest, shape)), " where ",
                         static_cast<const float *>(expected.data())[all.farthest],
                         " is expected: the largest difference, ", all.largest, "; allowed are ", absolute,
                         " and ", relative, " of the expected number, which ", all.count, " of ",
                         found.number_of_elements(), all.count == 1 ? " number is" : " numbers are",
                         " beyond."));
    }
}

}  // namespace fsd
