// Case of kld_linear_backward_states.
#include "cases/linear.h"
#include "cases/sum_of_products.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &log_likelihood = problem["log_likelihood"];
    const Values &d_log_evidence = problem["d_log_evidence"];
    const int inputs = problem.extent("input"), samples = problem.extent("sample");
    SumOfProducts d_probability(problem, "d_probability", {samples, inputs});
    for (int sample = 0; sample < samples; sample++) {
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < problem.extent("output"); o++) {
                d_probability.add(d_log_evidence(sample, o), log_likelihood(i, o), sample, i);
            }
        }
    }
    d_probability.scale(problem.scalars.at("observations"));
}

Work work(const Problem &problem) {
    const double elements =
        static_cast<double>(problem["log_likelihood"].data.size() + problem["d_log_evidence"].data.size() +
                            static_cast<std::size_t>(problem.extent("input")) * problem.extent("sample"));
    return {2 * multiplications_of_linear(problem), 4 * elements};
}

const CaseOf kld_linear_backward_states{{
    "kld_linear_backward_states",
    {{"log_likelihood", Domain::log_probability}, {"d_log_evidence", Domain::gradient}},
    {{"observations", 0.75}},
    linear_shapes(),
    linear_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
