// mean = sum z / N, then variance = sum (z - mean)^2 / N, both in float64 and rounded once; normalized =
// (z - mean) slope + shift with slope = scale / sqrt(variance + epsilon), of the mean and the variance as
// they are given back: what batch_norm_backward takes. One site has variance 0 and becomes shift,
// with epsilon 0 as well: slope 0.
#include "generators/batch_norm.h"

#include "generators/start_at_zero.h"
#include "generators/strict.h"

namespace fsd {

void BatchNorm::generate() {
    start_at_zero({preactivation, scale, shift, mean, variance, normalized});
    const Expr channels = preactivation.dim(0).extent();
    for (auto *output : {&mean, &variance}) {
        output->dim(0).set_extent(channels);
    }
    normalized.dim(0).set_extent(channels);

    const Expr count = cast<double>(preactivation.dim(1).extent());
    sites = Halide::RDom(0, preactivation.dim(1).extent(), "sites");
    const Expr z = cast<double>(preactivation(channel, sites));
    sum(channel) = cast<double>(0.f);
    sum(channel) += z;
    center(channel) = sum(channel) / count;
    squares(channel) = cast<double>(0.f);
    squares(channel) += (z - center(channel)) * (z - center(channel));
    spread(channel) = squares(channel) / count;
    mean(channel) = cast<float>(center(channel));
    variance(channel) = cast<float>(spread(channel));

    const Expr given_variance = cast<double>(cast<float>(spread(channel)));
    const Expr total = given_variance + cast<double>(epsilon);
    slope(channel) =
        select(strict_equal(total, cast<double>(0.f)), 0.f, cast<float>(scale(channel) / sqrt(total)));
    const Expr difference = strict_difference(preactivation(channel, site), cast<float>(center(channel)));
    normalized(channel, site) = difference * slope(channel) + shift(channel);

    preactivation.set_estimates({{0, 32}, {0, 3200}});
    scale.set_estimates({{0, 32}});
    shift.set_estimates({{0, 32}});
    mean.set_estimates({{0, 32}});
    variance.set_estimates({{0, 32}});
    normalized.set_estimates({{0, 32}, {0, 3200}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::BatchNorm, batch_norm)
