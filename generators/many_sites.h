// Sums over pooling windows of many sites.
#pragma once

#include "generators/plain_formulas.h"
#include "generators/pool_window.h"

namespace fsd {

// Windows of at most so many sites are summed in float32, one site after the other. In larger ones the
// roundings of equal terms, which all go one way, would add up to 1 % in 2^20 sites: those are summed in
// float64 and rounded once.
constexpr int few_sites = 16;

inline Halide::Expr has_few_sites(const PoolAxis &columns, const PoolAxis &rows) {
    return columns.offsets() * rows.offsets() <= few_sites;
}

// window_sites() where the condition, which is the same for all windows, holds; else none.
inline Halide::RDom window_sites_where(const Halide::Expr &condition, const PoolAxis &columns,
                                       const Halide::Expr &pool_x, const PoolAxis &rows,
                                       const Halide::Expr &pool_y) {
    const bool always = Halide::Internal::is_const_one(condition);
    Halide::RDom offset(0, always ? columns.offsets() : select(condition, columns.offsets(), 0), 0,
                        rows.offsets(), "offset");
    if (!columns.is_inside()) {
        offset.where(columns.holds(pool_x, offset.x));
    }
    if (!rows.is_inside()) {
        offset.where(rows.holds(pool_y, offset.y));
    }
    return offset;
}

// The sum over a window of many sites, divided by their number.
inline Halide::Expr mean_of_many(const Halide::Expr &sum, const PoolAxis &columns, const Halide::Expr &pool_x,
                                 const PoolAxis &rows, const Halide::Expr &pool_y) {
    const Halide::Expr sites = Halide::cast<double>(columns.count(pool_x) * rows.count(pool_y));
    return Halide::cast<float>(strict_quotient(sum, sites));
}

}  // namespace fsd
