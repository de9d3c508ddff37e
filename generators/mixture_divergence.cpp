// divergence = integral of p log(p / sum_c share_c q_c) by the trapezoidal rule on equidistant points;
// float64. Where p is 0 the term is; where the mixture is 0 and p is not, it is infinite. A NaN anywhere
// becomes one in the result.
#include "generators/mixture_divergence.h"

#include "generators/start_at_zero.h"
#include "generators/strict.h"

namespace fsd {

void MixtureDivergence::generate() {
    start_at_zero({log_density, log_component, log_share, point_distance, divergence_from_mixture});
    const Expr count = log_density.dim(0).extent(), zero = cast<double>(0.f);
    const Expr pairs = log_density.dim(1).extent();
    log_component.dim(0).set_extent(count);
    log_component.dim(2).set_extent(pairs);
    log_share.dim(0).set_extent(log_component.dim(1).extent());
    log_share.dim(1).set_extent(pairs);
    point_distance.dim(0).set_extent(pairs);
    divergence_from_mixture.dim(0).set_extent(pairs);
    components = Halide::RDom(0, log_component.dim(1).extent(), "components");
    points = Halide::RDom(0, count, "points");

    // A finite peak, so that no difference of infinities occurs; whatever NaN it misses, the mass has.
    const Expr joint = strict_sum(log_component(point, components, pair), log_share(components, pair));
    peak(point, pair) = Halide::Internal::make_const(Halide::Float(64), -1e300);
    peak(point, pair) = select(strict_less(peak(point, pair), joint), joint, peak(point, pair));
    mass(point, pair) = zero;
    mass(point, pair) = strict_sum(mass(point, pair), exp(strict_difference(joint, peak(point, pair))));
    const Expr log_mixture = strict_sum(peak(point, pair), log(mass(point, pair)));

    const Expr log_p = log_density(point, pair), p = exp(log_p);
    const Expr product = strict_product(p, strict_difference(log_p, log_mixture));
    const Expr end_weight =
        select(count > 1 && (point == 0 || point == count - 1), cast<double>(0.5f), cast<double>(1.f));
    term(point, pair) = strict_product(end_weight, select(strict_equal(p, zero), zero, product));
    sum(pair) = zero;
    sum(pair) = strict_sum(sum(pair), term(points, pair));
    divergence_from_mixture(pair) = strict_product(sum(pair), point_distance(pair));

    log_density.set_estimates({{0, 4001}, {0, 100}});
    log_component.set_estimates({{0, 4001}, {0, 9}, {0, 100}});
    log_share.set_estimates({{0, 9}, {0, 100}});
    point_distance.set_estimates({{0, 100}});
    divergence_from_mixture.set_estimates({{0, 100}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MixtureDivergence, mixture_divergence)
