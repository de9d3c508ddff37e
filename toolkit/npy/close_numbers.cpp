// As NumPy's allclose with equal_nan.
#include "toolkit/profiling/close_numbers.h"

#include "runtime/error.h"

#include <cmath>

namespace fsd {

void need_close(const Tensor &found, const Tensor &expected, double absolute, double relative) {
    if (shape_of(found) != shape_of(expected)) {
        throw Error(ExitCode::bad_input,
                    text("The network gives numbers of shape ", to_string(shape_of(found)),
                         "; those expected have ", to_string(shape_of(expected)), "."));
    }
    const auto *ours = static_cast<const float *>(found.data());
    const auto *theirs = static_cast<const float *>(expected.data());
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        const double a = ours[i], b = theirs[i];
        const bool equal = a == b || (std::isnan(a) && std::isnan(b));
        if (!equal && !(std::fabs(a - b) <= absolute + relative * std::fabs(b))) {
            throw Error(ExitCode::check_failed,
                        text("The network gives ", a, " where ", b, " is expected: number ", i, " of ",
                             found.number_of_elements(), ", allowed ", absolute, " and ", relative,
                             " of it."));
        }
    }
}

}  // namespace fsd
