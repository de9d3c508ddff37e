// Arithmetic, bits and moves (PTX ISA, "Instruction Set").
#include "tests/cuda/registers.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace fsd::testing::cuda {
namespace {

template<typename T>
void select(Thread &thread, const Instruction &at) {
    put<T>(thread, at.operands[0],
           get<std::uint8_t>(thread, at, 3) != 0 ? get<T>(thread, at, 1) : get<T>(thread, at, 2));
}
template<typename T>
void shift_left(Thread &thread, const Instruction &at) {
    const auto by = get<std::uint32_t>(thread, at, 2);
    const auto value = get<T>(thread, at, 1);
    put<T>(thread, at.operands[0], static_cast<T>(by < 8 * sizeof(T) ? value << by : 0));
}
template<typename T>
void shift_right(Thread &thread, const Instruction &at) {
    const auto by = std::min<std::uint32_t>(get<std::uint32_t>(thread, at, 2), 8 * sizeof(T));
    const auto value = get<T>(thread, at, 1);
    const bool all = by == 8 * sizeof(T);
    put<T>(thread, at.operands[0], static_cast<T>(all ? (value < 0 ? -1 : 0) : value >> by));
}

// Bits [from, from + count) of an unsigned number.
void extract(Thread &thread, const Instruction &at) {
    const auto value = get<std::uint32_t>(thread, at, 1);
    const auto from = get<std::uint8_t>(thread, at, 2), count = get<std::uint8_t>(thread, at, 3);
    const std::uint64_t mask = (std::uint64_t{1} << std::min<int>(count, 32)) - 1;
    put<std::uint32_t>(thread, at.operands[0],
                       from < 32 ? static_cast<std::uint32_t>((value >> from) & mask) : 0);
}

// Whole numbers wrap around.
template<typename T>
using Unsigned = std::make_unsigned_t<T>;

struct Add {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            return static_cast<T>(static_cast<Unsigned<T>>(a) + static_cast<Unsigned<T>>(b));
        } else {
            return a + b;
        }
    }
};
struct Subtract {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            return static_cast<T>(static_cast<Unsigned<T>>(a) - static_cast<Unsigned<T>>(b));
        } else {
            return a - b;
        }
    }
};
struct Multiply {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            return static_cast<T>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
        } else {
            return a * b;
        }
    }
};
template<typename Wide>
struct MultiplyWide {
    template<typename T>
    Wide operator()(T a, T b) const {
        return Multiply()(static_cast<Wide>(a), static_cast<Wide>(b));
    }
    template<typename T>
    Wide operator()(T a, T b, Wide c) const {
        return Add()((*this)(a, b), c);
    }
};
struct MultiplyHigh {
    template<typename T>
    T operator()(T a, T b) const {
        using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
        return static_cast<T>((static_cast<Wide>(a) * static_cast<Wide>(b)) >> 32);
    }
};
struct MultiplyAdd {
    template<typename T>
    T operator()(T a, T b, T c) const {
        if constexpr (std::is_integral_v<T>) {
            return Add()(Multiply()(a, b), c);
        } else {
            return std::fma(a, b, c);
        }
    }
};
// A whole number divided by zero is unspecified: it is a fault here.
template<bool remainder>
struct Divide {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            if (b == 0) {
                throw Fault{launch_failed, "A whole number is divided by zero."};
            }
            if (std::is_signed_v<T> && b == static_cast<T>(-1)) {
                return remainder ? T{0} : Subtract()(T{0}, a);
            }
            return static_cast<T>(remainder ? a % b : a / b);
        } else {
            return a / b;
        }
    }
};
// Of NaN and a number, the number.
struct Minimum {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            return std::min(a, b);
        } else {
            return std::fmin(a, b);
        }
    }
};
struct Maximum {
    template<typename T>
    T operator()(T a, T b) const {
        if constexpr (std::is_integral_v<T>) {
            return std::max(a, b);
        } else {
            return std::fmax(a, b);
        }
    }
};
struct Negate {
    template<typename T>
    T operator()(T a) const {
        if constexpr (std::is_integral_v<T>) {
            return Subtract()(T{0}, a);
        } else {
            return -a;
        }
    }
};
struct Absolute {
    template<typename T>
    T operator()(T a) const {
        if constexpr (std::is_unsigned_v<T>) {
            return a;
        } else if constexpr (std::is_integral_v<T>) {
            return a < 0 ? Negate()(a) : a;
        } else {
            return std::abs(a);
        }
    }
};
struct Reciprocal {
    template<typename T>
    T operator()(T a) const {
        return T{1} / a;
    }
};
struct Root {
    template<typename T>
    T operator()(T a) const {
        return std::sqrt(a);
    }
};
struct PowerOfTwo {
    float operator()(float a) const { return std::exp2(a); }
};
struct BinaryLogarithm {
    float operator()(float a) const { return std::log2(a); }
};
struct Not {
    template<typename T>
    T operator()(T a) const {
        return static_cast<T>(~a);
    }
};
struct And {
    template<typename T>
    T operator()(T a, T b) const {
        return static_cast<T>(a & b);
    }
};
struct Or {
    template<typename T>
    T operator()(T a, T b) const {
        return static_cast<T>(a | b);
    }
};
struct ExclusiveOr {
    template<typename T>
    T operator()(T a, T b) const {
        return static_cast<T>(a ^ b);
    }
};

// Of a vector the parts, of which each has `T`.
template<typename T>
void pack(Thread &thread, const Instruction &at) {
    put<std::uint64_t>(thread, at.operands[0],
                       static_cast<std::uint64_t>(get<T>(thread, at, 1)) |
                           static_cast<std::uint64_t>(get<T>(thread, at, 2)) << (8 * sizeof(T)));
}
template<typename T>
void unpack(Thread &thread, const Instruction &at) {
    const auto whole = get<std::uint64_t>(thread, at, 2);
    put<T>(thread, at.operands[0], static_cast<T>(whole));
    put<T>(thread, at.operands[1], static_cast<T>(whole >> (8 * sizeof(T))));
}
void move_64(Thread &thread, const Instruction &at) {
    if (at.operands[2] == Instruction::none) {
        thread.registers[at.operands[0]] = thread.registers[at.operands[1]];
    } else if (at.unpacks) {
        unpack<std::uint32_t>(thread, at);
    } else {
        pack<std::uint32_t>(thread, at);
    }
}

// What whole and floating-point numbers have in common.
template<typename T>
void add_common(Table &table, const std::string &type) {
    table["add." + type] = binary<T, T, Add>;
    table["sub." + type] = binary<T, T, Subtract>;
    table["min." + type] = binary<T, T, Minimum>;
    table["max." + type] = binary<T, T, Maximum>;
    table["neg." + type] = unary<T, T, Negate>;
    table["abs." + type] = unary<T, T, Absolute>;
    table["mov." + type] = unary<T, T, Same>;
    table["selp." + type] = select<T>;
}

template<typename T>
void add_whole(Table &table, const std::string &type) {
    add_common<T>(table, type);
    table["mul.lo." + type] = binary<T, T, Multiply>;
    table["mad.lo." + type] = ternary<T, T, MultiplyAdd>;
    table["div." + type] = binary<T, T, Divide<false>>;
    table["rem." + type] = binary<T, T, Divide<true>>;
    table["shr." + type] = shift_right<T>;
    if constexpr (sizeof(T) <= 4) {
        using Wide = std::conditional_t<sizeof(T) == 4,
                                        std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>,
                                        std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>;
        table["mul.wide." + type] = binary<Wide, T, MultiplyWide<Wide>>;
        table["mad.wide." + type] = ternary<Wide, T, MultiplyWide<Wide>>;
    }
    if constexpr (sizeof(T) == 4) {
        table["mul.hi." + type] = binary<T, T, MultiplyHigh>;
    }
}

template<typename T>
void add_floating(Table &table, const std::string &type) {
    add_common<T>(table, type);
    table["add.rn." + type] = binary<T, T, Add>;
    table["sub.rn." + type] = binary<T, T, Subtract>;
    table["mul." + type] = table["mul.rn." + type] = binary<T, T, Multiply>;
    table["fma.rn." + type] = ternary<T, T, MultiplyAdd>;
    table["div.rn." + type] = binary<T, T, Divide<false>>;
    table["rcp.rn." + type] = unary<T, T, Reciprocal>;
    table["sqrt.rn." + type] = unary<T, T, Root>;
}

template<typename T>
void add_bits(Table &table, const std::string &type) {
    table["and." + type] = binary<T, T, And>;
    table["or." + type] = binary<T, T, Or>;
    table["xor." + type] = binary<T, T, ExclusiveOr>;
    table["not." + type] = unary<T, T, Not>;
    table["mov." + type] = unary<T, T, Same>;
    table["selp." + type] = select<T>;
    table["shl." + type] = shift_left<T>;
}

// Predicates are registers of 0 and 1.
struct NotPredicate {
    std::uint8_t operator()(std::uint8_t a) const { return a == 0 ? 1 : 0; }
};

void add_predicates(Table &table) {
    table["and.pred"] = binary<std::uint8_t, std::uint8_t, And>;
    table["or.pred"] = binary<std::uint8_t, std::uint8_t, Or>;
    table["xor.pred"] = binary<std::uint8_t, std::uint8_t, ExclusiveOr>;
    table["not.pred"] = unary<std::uint8_t, std::uint8_t, NotPredicate>;
    table["mov.pred"] = unary<std::uint8_t, std::uint8_t, Same>;
}

// The approximations of the hardware are replaced by the CPU's functions, which are closer.
void add_approximations(Table &table) {
    for (const std::string flush : {"", "ftz."}) {
        table["rcp.approx." + flush + "f32"] = unary<float, float, Reciprocal>;
        table["sqrt.approx." + flush + "f32"] = unary<float, float, Root>;
        table["ex2.approx." + flush + "f32"] = unary<float, float, PowerOfTwo>;
        table["lg2.approx." + flush + "f32"] = unary<float, float, BinaryLogarithm>;
        table["div.full." + flush + "f32"] = binary<float, float, Divide<false>>;
    }
}

}  // namespace

void add_arithmetic(Table &table) {
    add_whole<std::int16_t>(table, "s16");
    add_whole<std::int32_t>(table, "s32");
    add_whole<std::int64_t>(table, "s64");
    add_whole<std::uint16_t>(table, "u16");
    add_whole<std::uint32_t>(table, "u32");
    add_whole<std::uint64_t>(table, "u64");
    add_floating<float>(table, "f32");
    add_floating<double>(table, "f64");
    add_bits<std::uint16_t>(table, "b16");
    add_bits<std::uint32_t>(table, "b32");
    add_bits<std::uint64_t>(table, "b64");
    add_predicates(table);
    add_approximations(table);
    table["bfe.u32"] = extract;
    table["mov.b64"] = move_64;
}

}  // namespace fsd::testing::cuda
