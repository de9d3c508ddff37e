// With the batch's shares p(y) of the classes, s = the logits without their p-weighted mean over the classes
// and their mean over the samples (= f^T g, both centered, where the last layer is linear), and m = the mean
// logits:
//   loss = sum_y p s^2 / 2 - s(label) - log softmax(m)(label), on average CE(p, softmax m) - H(f, g)
//   d logits = p s + softmax(m) - t where t is 1 at the label and 0 elsewhere: of the loss of the whole
//   batch.
// A label that is no class gives NaN for its sample and counts in no share.
#include "generators/h_score_loss.h"

#include "generators/log_space.h"

namespace fsd {

void HScoreLoss::generate() {
    const Expr count = log_posterior.dim(0).extent(), batch = log_posterior.dim(1).extent();
    const Expr part = 1.f / cast<float>(batch);
    classes = Halide::RDom(0, count, "classes");
    samples = Halide::RDom(0, batch, "samples");
    share(clas) = 0.f;
    share(clas) += select(label(samples) == clas, part, 0.f);
    row_mean(sample) = 0.f;
    row_mean(sample) += share(classes) * log_posterior(classes, sample);
    mean(clas) = 0.f;
    mean(clas) += part * (log_posterior(clas, samples) - row_mean(samples));
    centered(clas, sample) = log_posterior(clas, sample) - row_mean(sample) - mean(clas);

    largest() = mean(0);
    largest() = max(largest(), mean(classes));
    exponent_sum() = 0.f;
    exponent_sum() += exponential(mean(classes) - largest());
    log_mean_posterior(clas) = mean(clas) - largest() - logarithm(exponent_sum());

    square(sample) = 0.f;
    square(sample) += share(classes) * centered(classes, sample) * centered(classes, sample);
    const Expr named = label(sample) >= 0 && label(sample) < count;
    const Expr own = clamp(label(sample), 0, count - 1);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    loss(sample) = strict_sum(0.5f * square(sample) - centered(own, sample) - log_mean_posterior(own),
                              select(named, 0.f, nan));
    const Expr target = select(named, select(clas == label(sample), 1.f, 0.f), nan);
    d_logits(clas, sample) = strict_difference(
        share(clas) * centered(clas, sample) + exponential(log_mean_posterior(clas)), target);

    log_posterior.dim(0).set_min(0);
    log_posterior.dim(1).set_min(0);
    label.dim(0).set_bounds(0, batch);
    log_posterior.set_estimates({{0, 10}, {0, 50}});
    label.set_estimates({{0, 50}});
    loss.set_estimates({{0, 50}});
    d_logits.set_estimates({{0, 10}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::HScoreLoss, h_score_loss)
