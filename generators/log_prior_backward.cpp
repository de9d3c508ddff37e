// d log pi = sum over sites of d_log_evidence.
#include "generators/log_prior_backward.h"

namespace fsd {

void LogPriorBackward::generate() {
    sites = Halide::RDom(0, d_log_evidence.dim(1).extent(), "sites");
    sum(output) = 0.f;
    sum(output) += d_log_evidence(output, sites);
    d_log_prior(output) = sum(output);

    d_log_evidence.set_estimates({{0, 32}, {0, 3200}});
    d_log_prior.set_estimates({{0, 32}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogPriorBackward, log_prior_backward)
