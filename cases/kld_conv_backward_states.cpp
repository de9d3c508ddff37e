// Case of kld_conv_backward_states.
#include "cases/sum_of_products.h"
#include "cases/window.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &log_likelihood = problem["log_likelihood"];
    const Values &d_log_evidence = problem["d_log_evidence"];
    const int inputs = problem.extent("input"), outputs = problem.extent("output");
    SumOfProducts d_probability(problem, "d_probability",
                                {problem.extent("sample"), problem.extent("y"), problem.extent("x"), inputs});
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    d_probability.add(d_log_evidence(sample, output_y, output_x, o),
                                      log_likelihood(window_y, window_x, i, o), sample, y, x, i);
                }
            }
        });
    d_probability.scale(problem.scalars.at("observations"));
}

Work work(const Problem &problem) {
    const double elements =
        static_cast<double>(problem["log_likelihood"].data.size() + problem["d_log_evidence"].data.size());
    return {2 * multiplications(problem), 4 * elements};
}

// And inputs and windows that send enough for each tile of a GPU, from outputs in whole vectors and not.
std::vector<Extents> shapes() {
    std::vector<Extents> all = convolution_shapes();
    for (const ConvolutionShape &shape : {ConvolutionShape{2, 23, 40, 37, 8, 3, 3, 1, 1, 1, 1},
                                          {1, 41, 20, 70, 5, 2, 3, 1, 1, 0, 1},
                                          {5, 31, 30, 58, 4, 3, 3, 1, 1, 1, 1},
                                          {4, 29, 30, 67, 5, 3, 3, 1, 1, 1, 1}}) {
        all.push_back(extents_of(shape));
    }
    return all;
}

const CaseOf kld_conv_backward_states{{
    "kld_conv_backward_states",
    {{"log_likelihood", Domain::log_probability}, {"d_log_evidence", Domain::gradient}},
    {{"observations", 0.75}},
    shapes(),
    convolution_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
