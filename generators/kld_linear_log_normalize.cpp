// log_posterior = z - log sum exp z over the states of each group, with z the evidence of kld_linear.
#include "generators/kld_linear_log_normalize.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldLinearLogNormalize::generate() {
    start_at_zero({probability, log_likelihood, log_prior, log_posterior});
    linear.inputs = probability.dim(0).extent();
    linear.samples = probability.dim(1).extent();
    linear.states = log_likelihood.dim(0).extent();
    linear.groups = log_likelihood.dim(1).extent();
    linear.lanes = measured.number(target, vector_width(target));
    linear.sum_few_on(get_target());
    linear.define(probability, [&](const Expr &s, const Expr &g, const Expr &input) {
        return log_likelihood(s, g, input);
    });
    const bool plain = PlainFormulas::are_wanted();
    if (plain) {
        bayes.place = {sample};
    }
    const Expr row = bayes.place.front();
    bayes.define_log_posterior(linear.states, [&](const Expr &s) {
        const Expr sum = linear.at(s, bayes.group, plain ? row : min(row, linear.samples - 1));
        return evidence(log_prior(s, bayes.group), observations, sum);
    });
    if (plain) {
        log_posterior(state, group, sample) = bayes.result(state, group, sample);
    } else {
        log_posterior(state, group, sample) = bayes.result(state, group, sample, 0);
    }

    probability.set_estimates({{0, 512}, {0, 64}});
    log_likelihood.set_estimates({{0, 10}, {0, 1}, {0, 512}});
    log_prior.set_estimates({{0, 10}, {0, 1}});
    log_posterior.set_estimates({{0, 10}, {0, 1}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearLogNormalize, kld_linear_log_normalize)
