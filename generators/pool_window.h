// The window of the pooling operators along one axis of the map, as expressions.
#pragma once

#include "generators/strict.h"

namespace fsd {

// The window's positions start at the multiples of the stride inside the axis and cover it (ceil mode): the
// last ones may reach beyond its end, where there is nothing. Windows may overlap, and leave gaps.
struct PoolAxis {
    Halide::Expr extent, window, stride;

    // Number of window positions; pool_positions() of runtime/signature.h is the same for shapes.
    Halide::Expr positions() const {
        const Halide::Expr covering = max(extent - window + stride - 1, 0) / stride + 1;
        return covering - select((covering - 1) * stride >= extent, 1, 0);
    }

    // True where the arguments make sense together.
    Halide::Expr fits(const Halide::Expr &found_positions) const {
        return window >= 1 && stride >= 1 && found_positions == positions();
    }

    // True where it is known that no window reaches beyond the end.
    bool is_inside() const { return can_prove((positions() - 1) * stride + window <= extent); }

    // Number of sites in a window.
    Halide::Expr count(const Halide::Expr &position) const {
        if (is_inside()) {
            return window;
        }
        return min(likely(window), extent - position * stride);
    }

    // From a window to its sites: the offsets 0 .. offsets() - 1 where holds(), at site(). The compiler must
    // see that no other offset is read, hence the minimum.
    Halide::Expr offsets() const { return min(window, extent); }
    Halide::Expr holds(const Halide::Expr &position, const Halide::Expr &offset) const {
        return likely(position * stride + offset < extent);
    }
    Halide::Expr site(const Halide::Expr &position, const Halide::Expr &offset) const {
        if (is_inside()) {
            return position * stride + offset;
        }
        return min(likely(position * stride + offset), extent - 1);
    }

    // From a site to the windows that hold it: the overlaps 0 .. overlaps() - 1 where restrict_to_covering()
    // lets them pass, at window_of().
    Halide::Expr overlaps() const { return (offsets() - 1) / stride + 1; }
    void restrict_to_covering(Halide::RDom &overlap, const Halide::Expr &site,
                              const Halide::Expr &number) const {
        const Halide::Expr position = site / stride - number;
        overlap.where(likely(position >= 0));
        overlap.where(likely(position < positions()));
        overlap.where(site - position * stride < window);
    }
    Halide::Expr window_of(const Halide::Expr &site, const Halide::Expr &number) const {
        return clamp(likely(site / stride - number), 0, positions() - 1);
    }
};

// The sites of the window at (pool_x, pool_y), row by row.
inline Halide::RDom window_sites(const PoolAxis &columns, const Halide::Expr &pool_x, const PoolAxis &rows,
                                 const Halide::Expr &pool_y) {
    Halide::RDom offset(0, columns.offsets(), 0, rows.offsets(), "offset");
    if (!columns.is_inside()) {
        offset.where(columns.holds(pool_x, offset.x));
    }
    if (!rows.is_inside()) {
        offset.where(rows.holds(pool_y, offset.y));
    }
    return offset;
}

// 1 / number of sites in the window.
inline Halide::Expr probability_of_site(const PoolAxis &columns, const Halide::Expr &pool_x,
                                        const PoolAxis &rows, const Halide::Expr &pool_y) {
    return strict_quotient(1.f, Halide::cast<float>(columns.count(pool_x) * rows.count(pool_y)));
}

// The number of an offset, row by row.
inline Halide::Expr place_in_window(const PoolAxis &columns, const Halide::Expr &right,
                                    const Halide::Expr &down) {
    return down * columns.offsets() + right;
}

// A number behind all of them.
inline Halide::Expr behind_window(const PoolAxis &columns, const PoolAxis &rows) {
    return columns.offsets() * rows.offsets();
}

// The windows that hold the site (x, y).
inline Halide::RDom windows_around(const PoolAxis &columns, const Halide::Expr &x, const PoolAxis &rows,
                                   const Halide::Expr &y) {
    Halide::RDom overlap(0, columns.overlaps(), 0, rows.overlaps(), "overlap");
    columns.restrict_to_covering(overlap, x, overlap.x);
    rows.restrict_to_covering(overlap, y, overlap.y);
    return overlap;
}

// What the site x, y gets of the gradient of one of windows_around() it, where the mean over the window was
// taken: d_marginal(pool_x, pool_y) / number of sites in the window.
template<typename Gradient>
Halide::Expr share_of_window(const PoolAxis &columns, const PoolAxis &rows, const Halide::RDom &overlap,
                             const Halide::Expr &x, const Halide::Expr &y, const Gradient &d_marginal) {
    const Halide::Expr pool_x = columns.window_of(x, overlap.x), pool_y = rows.window_of(y, overlap.y);
    return strict_product(d_marginal(pool_x, pool_y), probability_of_site(columns, pool_x, rows, pool_y));
}

// Makes the kernel refuse windows, strides and pooled extents that do not belong together.
inline void require_positions(Halide::Internal::GeneratorBase &generator, const PoolAxis &columns,
                              const Halide::Expr &pool_x, const PoolAxis &rows, const Halide::Expr &pool_y) {
    // Halide puts blanks between the parts.
    generator.add_requirement(columns.fits(pool_x) && rows.fits(pool_y), "windows of", rows.window, "x",
                              columns.window, "with strides", rows.stride, "and", columns.stride, "over",
                              rows.extent, "x", columns.extent, "sites do not give", pool_y, "x", pool_x,
                              "positions; windows and strides must be at least 1.");
}

// True where `value` takes the place of the maximum found so far: it is greater, or NaN. No number takes the
// place of a NaN.
inline Halide::Expr exceeds(const Halide::Expr &value, const Halide::Expr &maximum) {
    return strict_less(maximum, value) || is_nan(value);
}

// True where `value` is the maximum. (Maximum and place are two reductions and not one over pairs: computed
// inside a vector loop, Halide 21 lets the second element of a pair see the new value of the first.)
inline Halide::Expr attains(const Halide::Expr &value, const Halide::Expr &maximum) {
    return strict_equal(value, maximum) || is_nan(value);
}

// 1 / total; NaN where the total is infinite, so that a row with an infinity becomes NaN in every state.
inline Halide::Expr normalizer(const Halide::Expr &total) {
    return strict_sum(strict_quotient(1.f, total), strict_difference(total, total));
}

}  // namespace fsd
