// By the beginning of the name: stride_y and pool_stride_x are strides.
#include "toolkit/kernel_runs/scalar_arguments.h"

#include "runtime/error.h"
#include "runtime/models/model_limits.h"

#include <array>
#include <map>

namespace fsd {
namespace {

struct Range {
    const char *beginning;
    int least;
};

constexpr std::array<Range, 5> integer_ranges{
    {{"stride_", 1}, {"pool_stride_", 1}, {"window_", 1}, {"pool_window_", 1}, {"padding_", 0}}};

}  // namespace

std::optional<double> default_of(const std::string &scalar) {
    static const std::map<std::string, double> defaults = {
        {"observations", 1}, {"stride_y", 1}, {"stride_x", 1}, {"padding_y", 0}, {"padding_x", 0}};
    const auto found = defaults.find(scalar);
    return found == defaults.end() ? std::nullopt : std::optional<double>(found->second);
}

void check_scalar(const std::string &op, const std::string &scalar, double value) {
    for (const Range &range : integer_ranges) {
        const bool applies = scalar.rfind(range.beginning, 0) == 0;
        if (applies && !(value >= range.least && value <= most_extent)) {
            throw Error(ExitCode::bad_input, text("The argument '", scalar, "' of ", op, " must be between ",
                                                  range.least, " and ", most_extent, "; found ", value, "."));
        }
    }
    if (scalar == "observations" && !(value > 0)) {
        throw Error(ExitCode::bad_input,
                    text("The argument '", scalar, "' of ", op, " must be above 0; found ", value, "."));
    }
}

}  // namespace fsd
