// One loop per pair of element types. Values pass through long double, whose 64-bit mantissa on x86-64 holds
// every element type exactly.
#include "toolkit/npy/convert.h"

#include "runtime/error.h"

#include <cmath>
#include <limits>
#include <type_traits>

namespace fsd {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "long double must hold every 64-bit integer");

template<typename Target>
bool fits(long double value) {
    if constexpr (std::is_floating_point_v<Target>) {
        return !std::isfinite(value) || std::isfinite(static_cast<Target>(value));
    } else {
        return value == std::floor(value) && value >= std::numeric_limits<Target>::min() &&
               value <= std::numeric_limits<Target>::max();
    }
}

template<typename Target, typename Source>
Converted convert(const Tensor &tensor, const std::string &what) {
    Converted result{make_tensor(halide_type_of<Target>(), shape_of(tensor))};
    const auto *source = static_cast<const Source *>(tensor.data());
    auto *target = static_cast<Target *>(result.tensor.data());
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        const long double value = source[i];
        if (!fits<Target>(value)) {
            throw Error(ExitCode::bad_input,
                        text(what, " must hold values of type ", to_string(halide_type_of<Target>()),
                             "; element ", i, " is ", static_cast<double>(value), "."));
        }
        target[i] = static_cast<Target>(value);
        result.rounded += target[i] != value && !std::isnan(value) ? 1 : 0;
    }
    return result;
}

template<typename Target>
Converted convert_to(const Tensor &tensor, const std::string &what) {
    const bool is_signed = tensor.type().code == halide_type_int;
    if (tensor.type().code == halide_type_float) {
        return tensor.type().bits == 32 ? convert<Target, float>(tensor, what)
                                        : convert<Target, double>(tensor, what);
    }
    switch (tensor.type().bits) {
    case 8:
        return is_signed ? convert<Target, int8_t>(tensor, what) : convert<Target, uint8_t>(tensor, what);
    case 16:
        return is_signed ? convert<Target, int16_t>(tensor, what) : convert<Target, uint16_t>(tensor, what);
    case 32:
        return is_signed ? convert<Target, int32_t>(tensor, what) : convert<Target, uint32_t>(tensor, what);
    default:
        return is_signed ? convert<Target, int64_t>(tensor, what) : convert<Target, uint64_t>(tensor, what);
    }
}

}  // namespace

Converted converted(const Tensor &tensor, halide_type_t type, const std::string &what) {
    if (tensor.type() == type) {
        return {tensor};
    }
    if (type == halide_type_of<float>()) {
        return convert_to<float>(tensor, what);
    }
    if (type == halide_type_of<double>()) {
        return convert_to<double>(tensor, what);
    }
    if (type == halide_type_of<uint8_t>()) {
        return convert_to<uint8_t>(tensor, what);
    }
    if (type == halide_type_of<int32_t>()) {
        return convert_to<int32_t>(tensor, what);
    }
    throw Error(ExitCode::unsupported, text(what, " has elements of type ", to_string(type),
                                            ", into which .npy files cannot be converted."));
}

}  // namespace fsd
