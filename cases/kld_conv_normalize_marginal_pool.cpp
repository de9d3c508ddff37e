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

const CaseOf kld_conv_normalize_marginal_pool{
    pooled_convolution_case("kld_conv_normalize_marginal_pool", reference, tolerance, work)};

}  // namespace
}  // namespace fsd::testing
