// Comparisons, which give predicates: registers of 0 and 1 (PTX ISA, "setp").
#include "tests/cuda/registers.h"

#include <cmath>
#include <functional>
#include <type_traits>

namespace fsd::testing::cuda {
namespace {

template<typename Compare, bool when_unordered>
struct Comparison {
    template<typename T>
    std::uint8_t operator()(T a, T b) const {
        if constexpr (std::is_floating_point_v<T>) {
            if (std::isnan(a) || std::isnan(b)) {
                return when_unordered ? 1 : 0;
            }
        }
        return Compare()(a, b) ? 1 : 0;
    }
};
template<bool value>
struct Always {
    template<typename T>
    bool operator()(T, T) const {
        return value;
    }
};

template<typename T, typename Compare>
void add_comparison(Table &table, const std::string &name, const std::string &type) {
    table["setp." + name + "." + type] = binary<std::uint8_t, T, Comparison<Compare, false>>;
    table["setp." + name + "u." + type] = binary<std::uint8_t, T, Comparison<Compare, true>>;
}

template<typename T>
void add_comparisons_of(Table &table, const std::string &type) {
    add_comparison<T, std::equal_to<>>(table, "eq", type);
    add_comparison<T, std::not_equal_to<>>(table, "ne", type);
    add_comparison<T, std::less<>>(table, "lt", type);
    add_comparison<T, std::less_equal<>>(table, "le", type);
    add_comparison<T, std::greater<>>(table, "gt", type);
    add_comparison<T, std::greater_equal<>>(table, "ge", type);
    table["setp.num." + type] = binary<std::uint8_t, T, Comparison<Always<true>, false>>;
    table["setp.nan." + type] = binary<std::uint8_t, T, Comparison<Always<false>, true>>;
}

}  // namespace

void add_comparisons(Table &table) {
    add_comparisons_of<std::int16_t>(table, "s16");
    add_comparisons_of<std::int32_t>(table, "s32");
    add_comparisons_of<std::int64_t>(table, "s64");
    add_comparisons_of<std::uint16_t>(table, "u16");
    add_comparisons_of<std::uint32_t>(table, "u32");
    add_comparisons_of<std::uint64_t>(table, "u64");
    add_comparisons_of<std::uint16_t>(table, "b16");
    add_comparisons_of<std::uint32_t>(table, "b32");
    add_comparisons_of<std::uint64_t>(table, "b64");
    add_comparisons_of<float>(table, "f32");
    add_comparisons_of<double>(table, "f64");
}

}  // namespace fsd::testing::cuda
