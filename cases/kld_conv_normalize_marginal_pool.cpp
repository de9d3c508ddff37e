// Case of kld_conv_normalize_marginal_pool.
#include "cases/pooled_posterior.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    pool_posteriors(problem, exponentials(convolution_log_posterior(problem)));
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return marginal_error(problem, expected);
}

Work work(const Problem &problem) {
    return {convolution_operations(problem),
            evidence_bytes(problem, {"sample", "pool_y", "pool_x", "group", "state"})};
}

const CaseOf kld_conv_normalize_marginal_pool{{
    "kld_conv_normalize_marginal_pool",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    pooled(and_large_batches(in_groups(forward_convolution_shapes()))),
    pooled_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
