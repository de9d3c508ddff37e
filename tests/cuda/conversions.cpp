// Conversions between types (PTX ISA, "cvt").
#include "tests/cuda/registers.h"

#include <cmath>
#include <limits>
#include <type_traits>

namespace fsd::testing::cuda {
namespace {

// Conversions: of whole numbers the low bits, towards whole numbers rounded and clamped, NaN to 0.
struct Truncate {
    template<typename T>
    T operator()(T a) const {
        return std::trunc(a);
    }
};
struct ToNearest {
    template<typename T>
    T operator()(T a) const {
        return std::nearbyint(a);
    }
};
struct Floor {
    template<typename T>
    T operator()(T a) const {
        return std::floor(a);
    }
};
struct Ceiling {
    template<typename T>
    T operator()(T a) const {
        return std::ceil(a);
    }
};
template<typename To, typename From, typename Round>
To converted(From value) {
    if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
        const From whole = Round()(value);
        if (std::isnan(whole)) {
            return 0;
        }
        using Limits = std::numeric_limits<To>;
        if (whole < static_cast<From>(Limits::min())) {
            return Limits::min();
        }
        // 2^n, which the largest number rounds to, is the first that does not fit.
        return whole >= std::ldexp(From{1}, Limits::digits) ? Limits::max() : static_cast<To>(whole);
    } else if constexpr (std::is_same_v<From, To> && std::is_floating_point_v<From>) {
        return Round()(value);
    } else {
        return static_cast<To>(value);
    }
}
template<typename To, typename From, typename Round>
void convert(Thread &thread, const Instruction &at) {
    const To result = converted<To, From, Round>(get<From>(thread, at, 1));
    if constexpr (std::is_integral_v<To>) {
        // Into a wider register a signed number is extended.
        thread.registers[at.operands[0]] = static_cast<std::uint64_t>(static_cast<std::int64_t>(result));
    } else {
        put<To>(thread, at.operands[0], result);
    }
}

template<typename To, typename From>
void add_conversion(Table &table, const std::string &types) {
    constexpr bool rounds =
        std::is_floating_point_v<From> && (std::is_integral_v<To> || std::is_same_v<From, To>);
    if constexpr (rounds) {
        table["cvt.rzi." + types] = convert<To, From, Truncate>;
        table["cvt.rni." + types] = convert<To, From, ToNearest>;
        table["cvt.rmi." + types] = convert<To, From, Floor>;
        table["cvt.rpi." + types] = convert<To, From, Ceiling>;
    } else {
        table["cvt." + types] = table["cvt.rn." + types] = convert<To, From, Same>;
    }
}
template<typename To>
void add_conversions_to(Table &table, const std::string &to) {
    add_conversion<To, std::int8_t>(table, to + ".s8");
    add_conversion<To, std::int16_t>(table, to + ".s16");
    add_conversion<To, std::int32_t>(table, to + ".s32");
    add_conversion<To, std::int64_t>(table, to + ".s64");
    add_conversion<To, std::uint8_t>(table, to + ".u8");
    add_conversion<To, std::uint16_t>(table, to + ".u16");
    add_conversion<To, std::uint32_t>(table, to + ".u32");
    add_conversion<To, std::uint64_t>(table, to + ".u64");
    add_conversion<To, float>(table, to + ".f32");
    add_conversion<To, double>(table, to + ".f64");
}

}  // namespace

void add_conversions(Table &table) {
    add_conversions_to<std::int8_t>(table, "s8");
    add_conversions_to<std::int16_t>(table, "s16");
    add_conversions_to<std::int32_t>(table, "s32");
    add_conversions_to<std::int64_t>(table, "s64");
    add_conversions_to<std::uint8_t>(table, "u8");
    add_conversions_to<std::uint16_t>(table, "u16");
    add_conversions_to<std::uint32_t>(table, "u32");
    add_conversions_to<std::uint64_t>(table, "u64");
    add_conversions_to<float>(table, "f32");
    add_conversions_to<double>(table, "f64");
}

}  // namespace fsd::testing::cuda
