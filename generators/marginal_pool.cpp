// marginal = sum over the window of p(state | position) P(position), with P = 1 / number of sites in the
// window.
#include "generators/marginal_pool.h"

#include "generators/many_sites.h"

namespace fsd {

void MarginalPool::generate() {
    const PoolAxis columns{probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, marginal.dim(1).extent(), rows, marginal.dim(2).extent());

    const Ways ways(has_few_sites(columns, rows));
    const auto at = [&](const Halide::RDom &place) {
        return probability(channel, columns.site(pool_x, place.x), rows.site(pool_y, place.y), sample);
    };
    offset = window_sites_where(ways.is_first(), columns, pool_x, rows, pool_y);
    sum(channel, pool_x, pool_y, sample) = 0.f;
    sum(channel, pool_x, pool_y, sample) = strict_sum(sum(channel, pool_x, pool_y, sample), at(offset));
    offset_of_many = window_sites_where(ways.is_second(), columns, pool_x, rows, pool_y);
    sum_of_many(channel, pool_x, pool_y, sample) = cast<double>(0.f);
    const Expr many = sum_of_many(channel, pool_x, pool_y, sample);
    sum_of_many(channel, pool_x, pool_y, sample) = strict_sum(many, cast<double>(at(offset_of_many)));

    const Expr position = probability_of_site(columns, pool_x, rows, pool_y);
    marginal(channel, pool_x, pool_y, sample) =
        ways(strict_product(sum(channel, pool_x, pool_y, sample), position),
             mean_of_many(many, columns, pool_x, rows, pool_y));

    probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MarginalPool, marginal_pool)
