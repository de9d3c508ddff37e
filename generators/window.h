// The observation window of the convolutional operators along one axis of the map, as expressions.
#pragma once

#include "Halide.h"

namespace fsd {

// Position t of the window holds the sites t * stride + offset - padding, offset = 0 .. window - 1. Sites
// beyond the map are unobserved: they contribute nothing.
struct WindowAxis {
    Halide::Expr extent, window, stride, padding;

    Halide::Expr site(const Halide::Expr &position, const Halide::Expr &offset) const {
        return position * stride + offset - padding;
    }

    // Number of positions; window_positions() of runtime/signature.h is the same for shapes.
    Halide::Expr positions() const { return (extent + 2 * padding - window) / stride + 1; }

    // The position that holds `site` at `offset`, where holds().
    Halide::Expr position(const Halide::Expr &site, const Halide::Expr &offset) const {
        return (site + padding - offset) / stride;
    }
    Halide::Expr holds(const Halide::Expr &site, const Halide::Expr &offset) const {
        return (site + padding - offset) % stride == 0 && position(site, offset) >= 0 &&
               position(site, offset) < positions();
    }

    // True where the caller's number of positions is the right one.
    Halide::Expr fits(const Halide::Expr &found) const {
        return stride >= 1 && padding >= 0 && window <= extent + 2 * padding && found == positions();
    }
};

// Makes the kernel refuse windows, strides, paddings and output extents that do not belong together.
inline void require_window(Halide::Internal::GeneratorBase &generator, const WindowAxis &columns,
                           const Halide::Expr &output_x, const WindowAxis &rows,
                           const Halide::Expr &output_y) {
    generator.add_requirement(columns.fits(output_x) && rows.fits(output_y), "a window of ", rows.window,
                              " x ", columns.window, " with strides ", rows.stride, " and ", columns.stride,
                              " and paddings ", rows.padding, " and ", columns.padding, " over ", rows.extent,
                              " x ", columns.extent, " sites does not give ", output_y, " x ", output_x,
                              " outputs; strides must be at least 1 and paddings at least 0.");
}

}  // namespace fsd
