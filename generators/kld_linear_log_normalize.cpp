// log_posterior = z - log sum exp z over the states of each group, with z the evidence of kld_linear.
#include "generators/kld_linear_log_normalize.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldLinearLogNormalize::generate() {
    start_at_zero({probability, log_likelihood, log_prior, log_posterior});
    linear.filters.states = log_likelihood.dim(0).extent();
    linear.filters.groups = log_likelihood.dim(1).extent();
    linear.filters.lanes = natural_vector_size<float>();
    linear.define(probability, probability.dim(0).extent(), probability.dim(1).extent(),
                  [&](const Expr &s, const Expr &g) { return log_likelihood(s, g, linear.input); });
    bayes.state = state;
    bayes.row = {group, sample};
    bayes.evidence(state, group, sample) = evidence(
        log_prior(state, group), observations, linear.sums(state + linear.filters.states * group, sample));
    bayes.define(linear.filters.states);
    log_posterior(state, group, sample) = log_normalized(
        bayes.evidence(state, group, sample), bayes.peak(group, sample), bayes.log_mass(group, sample));

    probability.set_estimates({{0, 512}, {0, 64}});
    log_likelihood.set_estimates({{0, 10}, {0, 1}, {0, 512}});
    log_prior.set_estimates({{0, 10}, {0, 1}});
    log_posterior.set_estimates({{0, 10}, {0, 1}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearLogNormalize, kld_linear_log_normalize)
