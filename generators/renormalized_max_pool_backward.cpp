// With h = maximum and T the sum of the maxima before the division: (d_maximum - sum_state h d_maximum) / T,
// given to the first site of the window that has the maximum.
#include "generators/renormalized_max_pool_backward.h"

#include "generators/log_space.h"
#include "generators/pool_window.h"

namespace fsd {

void RenormalizedMaxPoolBackward::generate() {
    const PoolAxis columns{d_probability.dim(2).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{d_probability.dim(3).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_maximum.dim(2).extent(), rows, d_maximum.dim(3).extent());

    // The maximum and where in the window it stands first.
    offset = window_sites(columns, pool_x, rows, pool_y);
    const Expr next =
        probability(state, group, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    largest(state, group, pool_x, pool_y, sample) = -infinity;
    const Expr found = largest(state, group, pool_x, pool_y, sample);
    largest(state, group, pool_x, pool_y, sample) = select(exceeds(next, found), next, found);
    first(state, group, pool_x, pool_y, sample) = behind_window(columns, rows);
    first(state, group, pool_x, pool_y, sample) =
        min(first(state, group, pool_x, pool_y, sample),
            select(attains(next, found), place_in_window(columns, offset.x, offset.y),
                   behind_window(columns, rows)));
    peak(state, group, pool_x, pool_y, sample) =
        Halide::Tuple(found, first(state, group, pool_x, pool_y, sample));

    // Through the division by the sum.
    states = Halide::RDom(0, probability.dim(0).extent(), "states");
    const Expr peak_of_states = peak(states, group, pool_x, pool_y, sample)[0];
    total(group, pool_x, pool_y, sample) = 0.f;
    total(group, pool_x, pool_y, sample) += peak_of_states;
    inner(group, pool_x, pool_y, sample) = 0.f;
    inner(group, pool_x, pool_y, sample) +=
        strict_product(peak_of_states, d_maximum(states, group, pool_x, pool_y, sample));
    const Expr normalized = normalizer(total(group, pool_x, pool_y, sample));
    const Expr mean = strict_product(inner(group, pool_x, pool_y, sample), normalized);
    scale(group, pool_x, pool_y, sample) = Halide::Tuple(mean, normalized);

    // To the sites.
    overlap = windows_around(columns, x, rows, y);
    const Expr right = columns.window_of(x, overlap.x), down = rows.window_of(y, overlap.y);
    const Expr own = place_in_window(columns, x - right * pool_stride_x, y - down * pool_stride_y);
    const Halide::FuncRef through = scale(group, right, down, sample);
    const Expr d_peak = strict_product(
        strict_difference(d_maximum(state, group, right, down, sample), through[0]), through[1]);
    const Expr chosen = peak(state, group, right, down, sample)[1] == own;
    sum(state, group, x, y, sample) = 0.f;
    sum(state, group, x, y, sample) =
        strict_sum(sum(state, group, x, y, sample), select(chosen, d_peak, 0.f));
    d_probability(state, group, x, y, sample) = sum(state, group, x, y, sample);

    probability.set_estimates({{0, 32}, {0, 1}, {0, 24}, {0, 24}, {0, 64}});
    d_maximum.set_estimates({{0, 32}, {0, 1}, {0, 12}, {0, 12}, {0, 64}});
    d_probability.set_estimates({{0, 32}, {0, 1}, {0, 24}, {0, 24}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::RenormalizedMaxPoolBackward, renormalized_max_pool_backward)
