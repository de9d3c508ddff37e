// Compares what a kernel found with the float64 reference.
#include "cases/compare.h"

#include "runtime/error.h"

#include <cmath>
#include <limits>

namespace fsd::testing {
namespace {

double error_ratio(double expected, double found, double tolerance) {
    if (found == expected || (std::isnan(found) && std::isnan(expected))) {
        return 0;
    }
    const double ratio = std::fabs(found - expected) / tolerance;
    return std::isnan(ratio) ? std::numeric_limits<double>::infinity() : ratio;
}

}  // namespace

Mismatch compare(const Case &described, const Problem &problem, const Placement &placement) {
    Mismatch worst;
    for (const std::string &output : placement.outputs()) {
        const Values &expected = problem[output];
        const Values found = placement.read(output);
        if (found.shape != expected.shape) {
            return {std::numeric_limits<double>::infinity(),
                    text(output, " has shape ", to_string(found.shape), " instead of ",
                         to_string(expected.shape))};
        }
        for (std::size_t i = 0; i < expected.data.size(); i++) {
            const double tolerance = described.tolerance(problem, output, expected.data[i]);
            const double ratio = error_ratio(expected.data[i], found.data[i], tolerance);
            if (ratio > worst.ratio) {
                worst = {ratio,
                         text(output, ", element ", i, " of ", to_string(expected.shape), ": expected ",
                              expected.data[i], ", found ", found.data[i], ", ", ratio, " x the tolerance")};
            }
        }
    }
    return worst;
}

}  // namespace fsd::testing
