// log_marginal = log sum exp over the window - log N, N being the number of sites in the window.
#include "generators/log_marginal_pool.h"

#include "generators/log_space.h"
#include "generators/many_sites.h"

namespace fsd {

void LogMarginalPool::generate() {
    const PoolAxis columns{log_probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{log_probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, log_marginal.dim(1).extent(), rows, log_marginal.dim(2).extent());

    const auto at = [&](const Halide::RDom &place) {
        return log_probability(channel, columns.site(pool_x, place.x), rows.site(pool_y, place.y), sample);
    };
    offset = window_sites(columns, pool_x, rows, pool_y);
    peak(channel, pool_x, pool_y, sample) = -infinity;
    const Expr found = peak(channel, pool_x, pool_y, sample), next = at(offset);
    peak(channel, pool_x, pool_y, sample) = select(exceeds(next, found), next, found);

    // A state that is impossible at every site (-inf) stays impossible.
    const Ways ways(has_few_sites(columns, rows));
    offset_of_few = window_sites_where(ways.is_first(), columns, pool_x, rows, pool_y);
    mass(channel, pool_x, pool_y, sample) = 0.f;
    mass(channel, pool_x, pool_y, sample) =
        strict_sum(mass(channel, pool_x, pool_y, sample), joint(at(offset_of_few), finite_peak(found)));
    offset_of_many = window_sites_where(ways.is_second(), columns, pool_x, rows, pool_y);
    mass_of_many(channel, pool_x, pool_y, sample) = cast<double>(0.f);
    const Expr many = mass_of_many(channel, pool_x, pool_y, sample);
    mass_of_many(channel, pool_x, pool_y, sample) =
        strict_sum(many, cast<double>(joint(at(offset_of_many), finite_peak(found))));

    // The quotient is 1, and its logarithm 0, where all sites agree.
    const Expr sites = cast<float>(columns.count(pool_x) * rows.count(pool_y));
    const Expr mean = ways(strict_quotient(mass(channel, pool_x, pool_y, sample), sites),
                           mean_of_many(many, columns, pool_x, rows, pool_y));
    log_marginal(channel, pool_x, pool_y, sample) = log_sum_exponentials(finite_peak(found), mean);

    log_probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    log_marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogMarginalPool, log_marginal_pool)
