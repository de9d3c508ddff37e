// With h = maximum and T the sum of the maxima before the division: (d_maximum - sum_state h d_maximum) / T,
// given to the first site of the window that has the maximum.
#include "generators/renormalized_max_pool_backward.h"

#include "generators/pool_window.h"

namespace fsd {

void RenormalizedMaxPoolBackward::generate() {
    const PoolAxis columns{d_probability.dim(2).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{d_probability.dim(3).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_maximum.dim(2).extent(), rows, d_maximum.dim(3).extent());

    // The maximum and where in the window it stands first.
    offset = window_offsets(columns, rows);
    const auto at = [&](const Expr &right, const Expr &down) {
        return probability(state, group, columns.site(pool_x, right), rows.site(pool_y, down), sample);
    };
    first(state, group, pool_x, pool_y, sample) = {at(0, 0), 0};
    const Halide::FuncRef found = first(state, group, pool_x, pool_y, sample);
    const Expr next = at(offset.x, offset.y), better = exceeds(next, found[0]);
    first(state, group, pool_x, pool_y,
          sample) = {select(better, next, found[0]),
                     select(better, place_in_window(columns, offset.x, offset.y), found[1])};

    // Through the division by the sum.
    states = Halide::RDom(0, probability.dim(0).extent(), "states");
    const Expr peak_of_states = first(states, group, pool_x, pool_y, sample)[0];
    total(group, pool_x, pool_y, sample) = 0.f;
    total(group, pool_x, pool_y, sample) += strict_float(peak_of_states);
    inner(group, pool_x, pool_y, sample) = 0.f;
    inner(group, pool_x, pool_y, sample) +=
        strict_float(peak_of_states * d_maximum(states, group, pool_x, pool_y, sample));
    scale(group, pool_x, pool_y, sample) = normalizer(total(group, pool_x, pool_y, sample));
    const Expr mean = inner(group, pool_x, pool_y, sample) * scale(group, pool_x, pool_y, sample);
    d_peak(state, group, pool_x, pool_y, sample) = strict_float(
        (d_maximum(state, group, pool_x, pool_y, sample) - mean) * scale(group, pool_x, pool_y, sample));

    // To the sites.
    overlap = overlapping_windows(columns, rows);
    const Expr right = columns.window_of(x, overlap.x), down = rows.window_of(y, overlap.y);
    const Expr own_place = place_in_window(columns, x - right * pool_stride_x, y - down * pool_stride_y);
    const Expr chosen = columns.covers(x, overlap.x) && rows.covers(y, overlap.y) &&
                        first(state, group, right, down, sample)[1] == own_place;
    sum(state, group, x, y, sample) = 0.f;
    sum(state, group, x, y, sample) +=
        strict_float(select(chosen, d_peak(state, group, right, down, sample), 0.f));
    d_probability(state, group, x, y, sample) = sum(state, group, x, y, sample);

    probability.set_estimates({{0, 32}, {0, 1}, {0, 24}, {0, 24}, {0, 64}});
    d_maximum.set_estimates({{0, 32}, {0, 1}, {0, 12}, {0, 12}, {0, 64}});
    d_probability.set_estimates({{0, 32}, {0, 1}, {0, 24}, {0, 24}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::RenormalizedMaxPoolBackward, renormalized_max_pool_backward)
