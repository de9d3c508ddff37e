// d/dL of the log-likelihood sum(log L + (L - 1) log F) = 0.
#include "toolkit/analysis/aggregation/effective_number.h"

#include "runtime/error.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {

double effective_number(const std::vector<double> &cumulative) {
    double sum = 0;
    for (const double value : cumulative) {
        if (!(value >= 0 && value <= 1)) {
            throw Error(ExitCode::bad_input,
                        text("Values of a cumulative distribution are from 0 to 1; found ", value, "."));
        }
        sum -= std::log(std::max(value, 1e-12));
    }
    if (cumulative.empty()) {
        throw Error(ExitCode::bad_input, "The effective number of locations needs at least one maximum.");
    }
    return static_cast<double>(cumulative.size()) / sum;
}

}  // namespace fsd::analysis
