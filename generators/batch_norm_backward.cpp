// With x = (z - mean) / deviation, deviation = sqrt(variance + epsilon): d_shift = sum d, d_scale = sum d x,
// d_preactivation = scale / deviation (d - d_shift / N - x d_scale / N). Sums are float64. Where
// the deviation is 0, 1 / deviation counts as 0.
#include "generators/batch_norm_backward.h"

#include "generators/start_at_zero.h"
#include "generators/strict.h"

namespace fsd {

void BatchNormBackward::generate() {
    start_at_zero({preactivation, mean, variance, scale, d_normalized, d_preactivation, d_scale, d_shift});
    const Expr channels = preactivation.dim(0).extent();
    for (auto *output : {&d_scale, &d_shift}) {
        output->dim(0).set_extent(channels);
    }
    d_preactivation.dim(0).set_extent(channels);

    const Expr count = cast<double>(preactivation.dim(1).extent());
    sites = Halide::RDom(0, preactivation.dim(1).extent(), "sites");
    const Expr d = cast<double>(d_normalized(channel, sites));
    const Expr centered = cast<double>(preactivation(channel, sites)) - cast<double>(mean(channel));
    const Expr zero = cast<double>(0.f);
    sums(channel) = {zero, zero};
    sums(channel) = {sums(channel)[0] + d, sums(channel)[1] + d * centered};
    totals(channel) = {sums(channel)[0], sums(channel)[1]};
    const Expr total = cast<double>(variance(channel)) + cast<double>(epsilon);
    inverse(channel) = select(strict_equal(total, zero), zero, cast<double>(1.f) / sqrt(total));
    d_shift(channel) = cast<float>(totals(channel)[0]);
    d_scale(channel) = cast<float>(totals(channel)[1] * inverse(channel));

    common(channel) = cast<float>(totals(channel)[0] / count);
    share(channel) = cast<float>(totals(channel)[1] * inverse(channel) * inverse(channel) / count);
    slope(channel) = cast<float>(scale(channel) * inverse(channel));
    const Expr difference = strict_difference(preactivation(channel, site), mean(channel));
    const Expr own = strict_difference(d_normalized(channel, site), common(channel));
    d_preactivation(channel, site) =
        strict_product(strict_difference(own, difference * share(channel)), slope(channel));

    for (auto *input : {&preactivation, &d_normalized}) {
        input->set_estimates({{0, 32}, {0, 3200}});
    }
    for (auto *input : {&mean, &variance, &scale}) {
        input->set_estimates({{0, 32}});
    }
    d_preactivation.set_estimates({{0, 32}, {0, 3200}});
    d_scale.set_estimates({{0, 32}});
    d_shift.set_estimates({{0, 32}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::BatchNormBackward, batch_norm_backward)
