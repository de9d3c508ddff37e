// log_evidence = log_prior + observations * sum of p log q.
#include "generators/kld_linear.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldLinear::generate() {
    start_at_zero({probability, log_likelihood, log_prior, log_evidence});
    linear.inputs = probability.dim(0).extent();
    linear.samples = probability.dim(1).extent();
    linear.states = log_likelihood.dim(0).extent();
    linear.groups = 1;
    linear.lanes = measured.number(target, vector_width(target));
    linear.sum_few_on(get_target());
    linear.define(probability, [&](const Expr &state, const Expr &, const Expr &input) {
        return log_likelihood(state, input);
    });
    const Expr sum = many.sum_of(linear, probability, get_target(), output, sample);
    log_evidence(output, sample) = evidence(log_prior(output), observations, sum);

    probability.set_estimates({{0, 512}, {0, 64}});
    log_likelihood.set_estimates({{0, 10}, {0, 512}});
    log_prior.set_estimates({{0, 10}});
    log_evidence.set_estimates({{0, 10}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinear, kld_linear)
