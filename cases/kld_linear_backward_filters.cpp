// Case of kld_linear_backward_filters.
#include "cases/linear.h"
#include "cases/sum_of_products.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    const Values &d_log_evidence = problem["d_log_evidence"];
    const int inputs = problem.extent("input"), outputs = problem.extent("output");
    SumOfProducts d_log_likelihood(problem, "d_log_likelihood", {inputs, outputs});
    for (int sample = 0; sample < problem.extent("sample"); sample++) {
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                d_log_likelihood.add(d_log_evidence(sample, o), probability(sample, i), i, o);
            }
        }
    }
    d_log_likelihood.scale(problem.scalars.at("observations"));
}

Work work(const Problem &problem) {
    const double elements =
        static_cast<double>(problem["probability"].data.size() + problem["d_log_evidence"].data.size() +
                            static_cast<std::size_t>(problem.extent("input")) * problem.extent("output"));
    return {2 * multiplications_of_linear(problem), 4 * elements};
}

const CaseOf kld_linear_backward_filters{{
    "kld_linear_backward_filters",
    {{"probability", Domain::probability}, {"d_log_evidence", Domain::gradient}},
    {{"observations", 0.75}},
    linear_shapes(),
    linear_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
