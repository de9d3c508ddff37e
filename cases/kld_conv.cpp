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

// And maps with enough sums for each tile of a GPU, with inputs in whole vectors and not.
std::vector<Extents> shapes() {
    std::vector<Extents> all = forward_convolution_shapes();
    for (const ConvolutionShape &shape : {ConvolutionShape{2, 23, 40, 8, 148, 3, 3, 1, 1, 1, 1},
                                          {3, 41, 20, 5, 110, 2, 3, 1, 1, 0, 1},
                                          {5, 64, 60, 4, 112, 1, 1, 1, 1, 0, 0},
                                          {7, 50, 57, 3, 111, 1, 2, 1, 1, 0, 0}}) {
        all.push_back(extents_of(shape));
    }
    return all;
}

const CaseOf kld_conv{{
    "kld_conv",
    {{"probability", Domain::probability},
     {"log_likelihood", Domain::log_probability},
     {"log_prior", Domain::log_probability}},
    {{"observations", 0.75}},
    shapes(),
    forward_convolution_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
