// d_probability = d_maximum, given to the first site of the window that has the maximum.
#include "generators/max_pool_backward.h"

#include "generators/log_space.h"
#include "generators/pool_window.h"

namespace fsd {

void MaxPoolBackward::generate() {
    const PoolAxis columns{d_probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{d_probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_maximum.dim(1).extent(), rows, d_maximum.dim(2).extent());

    offset = window_sites(columns, pool_x, rows, pool_y);
    const Expr next =
        probability(channel, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    peak(channel, pool_x, pool_y, sample) = -infinity;
    const Expr found = peak(channel, pool_x, pool_y, sample);
    peak(channel, pool_x, pool_y, sample) = select(exceeds(next, found), next, found);

    first(channel, pool_x, pool_y, sample) = behind_window(columns, rows);
    first(channel, pool_x, pool_y, sample) =
        min(first(channel, pool_x, pool_y, sample),
            select(attains(next, found), place_in_window(columns, offset.x, offset.y),
                   behind_window(columns, rows)));
    place(channel, pool_x, pool_y, sample) = first(channel, pool_x, pool_y, sample);

    overlap = windows_around(columns, x, rows, y);
    const Expr right = columns.window_of(x, overlap.x), down = rows.window_of(y, overlap.y);
    const Expr own = place_in_window(columns, x - right * pool_stride_x, y - down * pool_stride_y);
    const Expr chosen = place(channel, right, down, sample) == own;
    sum(channel, x, y, sample) = 0.f;
    sum(channel, x, y, sample) =
        strict_sum(sum(channel, x, y, sample), select(chosen, d_maximum(channel, right, down, sample), 0.f));
    d_probability(channel, x, y, sample) = sum(channel, x, y, sample);

    probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    d_maximum.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
    d_probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MaxPoolBackward, max_pool_backward)
