// Case of kld_conv_normalize.
#include "cases/posterior.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values posterior = exponentials(convolution_log_posterior(problem));
    problem.output("posterior", posterior.shape) = posterior;
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return posterior_error(problem, expected);
}

Work work(const Problem &problem) {
    return {convolution_operations(problem),
            evidence_bytes(problem, {"sample", "output_y", "output_x", "group", "state"})};
}

const CaseOf kld_conv_normalize{{
    "kld_conv_normalize",
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
