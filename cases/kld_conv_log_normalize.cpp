// Case of kld_conv_log_normalize.
#include "cases/posterior.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values log_posterior = convolution_log_posterior(problem);
    problem.output("log_posterior", log_posterior.shape) = log_posterior;
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return log_posterior_error(problem, expected);
}

Work work(const Problem &problem) {
    return {convolution_operations(problem),
            evidence_bytes(problem, {"sample", "output_y", "output_x", "group", "state"})};
}

const CaseOf kld_conv_log_normalize{{
    "kld_conv_log_normalize",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    and_large_batches(in_groups(forward_convolution_shapes())),
    in_one_group(forward_convolution_bench_shapes()),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
