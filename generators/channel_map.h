// Copies of maps (channel, x, y, sample) with zeros around them, for sums over windows that need not ask what
// is inside.
#pragma once

#include "generators/plain_formulas.h"
#include "generators/window.h"

namespace fsd {

class ChannelMap {
public:
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::RDom copied;        // x: channel, y: x of the map that is copied
    Halide::Func func{"seen"};  // channel, x, y, sample

    // The same sites; zeros outside, behind the last channel as well.
    template<typename Map>
    void define(Map &map) {
        if (PlainFormulas::are_wanted()) {
            func(channel, x, y, sample) = framed(map)(channel, x, y, sample);
            return;
        }
        define_rows(1, framed_rows(map)(copied.x, copied.y, y, sample));
    }

    // A map of window positions, spread over the sites where the windows begin: zeros in between and outside.
    template<typename Map>
    void define_spread(Map &map, const WindowAxis &columns, const WindowAxis &rows) {
        if (PlainFormulas::are_wanted()) {
            const Halide::Expr begins = x % columns.stride == 0 && y % rows.stride == 0;
            func(channel, x, y, sample) =
                select(begins, framed(map)(channel, x / columns.stride, y / rows.stride, sample), 0.f);
            return;
        }
        define_rows(
            columns.stride,
            select(y % rows.stride == 0, framed_rows(map)(copied.x, copied.y, y / rows.stride, sample), 0.f));
    }

private:
    template<typename Map>
    static Halide::Func framed(Map &map) {
        return Halide::BoundaryConditions::constant_exterior(
            static_cast<Halide::Func>(map), 0.f,
            {{0, map.dim(0).extent()}, {0, map.dim(1).extent()}, {0, map.dim(2).extent()}});
    }

    template<typename Map>
    Halide::Func framed_rows(Map &map) {
        copied = Halide::RDom(0, map.dim(0).extent(), 0, map.dim(1).extent(), "copied");
        const Halide::Range all{Halide::Expr(), Halide::Expr()};
        return Halide::BoundaryConditions::constant_exterior(static_cast<Halide::Func>(map), 0.f,
                                                             {all, all, {0, map.dim(2).extent()}});
    }

    void define_rows(const Halide::Expr &stride, const Halide::Expr &row) {
        func(channel, x, y, sample) = 0.f;
        func(copied.x, copied.y * stride, y, sample) = row;
    }
};

}  // namespace fsd
