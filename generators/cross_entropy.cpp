// loss = -log h(label), d z = h - t where t is 1 at the label and 0 elsewhere. A label that is no class gives
// NaN.
#include "generators/cross_entropy.h"

#include "generators/log_space.h"

namespace fsd {

void CrossEntropy::generate() {
    const Expr classes = log_posterior.dim(0).extent();
    const Expr named = label(sample) >= 0 && label(sample) < classes;
    const Expr at_label = log_posterior(clamp(label(sample), 0, classes - 1), sample);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const Expr target = select(named, select(clas == label(sample), 1.f, 0.f), nan);
    loss(sample) = strict_difference(select(named, 0.f, nan), at_label);
    d_logits(clas, sample) = strict_difference(exponential(log_posterior(clas, sample)), target);

    log_posterior.set_estimates({{0, 10}, {0, 50}});
    label.set_estimates({{0, 50}});
    loss.set_estimates({{0, 50}});
    d_logits.set_estimates({{0, 10}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::CrossEntropy, cross_entropy)
