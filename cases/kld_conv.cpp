// Case of kld_conv.
#include "cases/evidence.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values evidence = convolution_evidence(problem);
    problem.output("log_evidence", evidence.shape) = evidence;
}

double tolerance(const Problem &problem, const std::string &, double expected) {
    return evidence_error(convolution_terms(problem), expected);
}

Work work(const Problem &problem) {
    return {2 * multiplications(problem),
            evidence_bytes(problem, {"sample", "output_y", "output_x", "output"})};
}

const CaseOf kld_conv{{
    "kld_conv",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    and_shapes_of_gpu_tiles(forward_convolution_shapes()),
    forward_convolution_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
