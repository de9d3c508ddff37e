// The window of the pooling operators along one axis of the map, as expressions.
#pragma once

#include "Halide.h"

namespace fsd {

// The window's positions start at the multiples of the stride inside the axis and cover it (ceil mode): the
// last ones may reach beyond its end, where there is nothing. Windows may overlap, and leave gaps.
struct PoolAxis {
    Halide::Expr extent, window, stride;

    // Offsets inside a window: as many as can hold a site.
    Halide::Expr offsets() const { return min(window, extent); }

    // The site under a position's offset; the last site where the offset reaches beyond the axis.
    Halide::Expr site(const Halide::Expr &position, const Halide::Expr &offset) const {
        return min(likely(position * stride + offset), extent - 1);
    }

    // True where the offset does not reach beyond the axis.
    Halide::Expr holds(const Halide::Expr &position, const Halide::Expr &offset) const {
        return likely(position * stride + offset < extent);
    }

    // Number of sites in a window.
    Halide::Expr count(const Halide::Expr &position) const { return min(window, extent - position * stride); }

    // Number of window positions; pool_positions() of runtime/signature.h is the same for shapes.
    Halide::Expr positions() const {
        const Halide::Expr covering = max(extent - window + stride - 1, 0) / stride + 1;
        return covering - select((covering - 1) * stride >= extent, 1, 0);
    }

    // The windows that hold a site are the positions last(site) - k, k = 0 .. overlaps() - 1, where
    // covered().
    Halide::Expr overlaps() const { return (offsets() - 1) / stride + 1; }
    Halide::Expr last(const Halide::Expr &site) const { return site / stride; }
    Halide::Expr covered(const Halide::Expr &site, const Halide::Expr &position) const {
        return position >= 0 && position < positions() && site - position * stride < window;
    }

    // True where the caller's number of positions is the right one.
    Halide::Expr fits(const Halide::Expr &found) const {
        return window >= 1 && stride >= 1 && found == positions();
    }
};

// Makes the kernel refuse windows, strides and pooled extents that do not belong together.
inline void require_positions(Halide::Internal::GeneratorBase &generator, const PoolAxis &columns,
                              const Halide::Expr &pool_x, const PoolAxis &rows, const Halide::Expr &pool_y) {
    generator.add_requirement(columns.fits(pool_x) && rows.fits(pool_y), "windows of ", rows.window, " x ",
                              columns.window, " with strides ", rows.stride, " and ", columns.stride,
                              " over ", rows.extent, " x ", columns.extent, " sites do not give ", pool_y,
                              " x ", pool_x, " positions; windows and strides must be at least 1.");
}

} // namespace fsd
