// Counts the elements of the reference's loops and shortens those that repeat the same work.
#include "cases/quick_check.h"

#include <algorithm>

namespace fsd::testing {
namespace {

// Axes along which an op does the same thing again: shortened, a problem stays what it is.
constexpr const char *repeating_axes[] = {"sample", "site", "y", "x", "position"};

// Elements of the float64 loops beyond which the check takes a smaller problem: about a tenth of a second.
constexpr double most_checked = 4e6;

double product(const Signature &signature, const Extents &extents) {
    double size = 1;
    for (const auto &[axis, extent] : extents) {
        for (const ArgumentSignature &argument : signature.arguments) {
            if (std::find(argument.axes.begin(), argument.axes.end(), axis) != argument.axes.end()) {
                size *= extent;
                break;
            }
        }
    }
    return size;
}

}  // namespace

Extents quick_to_check(const std::string &op, Extents extents) {
    const Signature &signature = signature_of(op);
    for (const char *axis : repeating_axes) {
        const auto found = extents.find(axis);
        while (found != extents.end() && found->second > 7 && product(signature, extents) > most_checked) {
            found->second = (found->second + 1) / 2;
        }
    }
    return extents;
}

}  // namespace fsd::testing
