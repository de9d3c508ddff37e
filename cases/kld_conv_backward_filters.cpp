// Case of kld_conv_backward_filters.
#include "cases/sum_of_products.h"
#include "cases/window.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    const Values &d_log_evidence = problem["d_log_evidence"];
    const int inputs = problem.extent("input"), outputs = problem.extent("output");
    SumOfProducts d_log_likelihood(problem, "d_log_likelihood",
                                   {problem.extent("window_y"), problem.extent("window_x"), inputs, outputs});
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    d_log_likelihood.add(d_log_evidence(sample, output_y, output_x, o),
                                         probability(sample, y, x, i), window_y, window_x, i, o);
                }
            }
        });
    d_log_likelihood.scale(problem.scalars.at("observations"));
}

Work work(const Problem &problem) {
    const double elements =
        static_cast<double>(problem["probability"].data.size() + problem["d_log_evidence"].data.size());
    return {2 * multiplications(problem), 4 * elements};
}

// And more samples than a GPU has blocks for, which leave a rest.
std::vector<Extents> shapes() {
    std::vector<Extents> all = convolution_shapes();
    all.push_back(extents_of({130, 3, 4, 4, 8, 2, 2, 1, 1, 0, 0}));
    return all;
}

const CaseOf kld_conv_backward_filters{{
    "kld_conv_backward_filters",
    {{"probability", Domain::probability}, {"d_log_evidence", Domain::gradient}},
    {{"observations", 0.75}},
    shapes(),
    convolution_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
