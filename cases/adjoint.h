// What the cases of the gradients with respect to a layer's inputs share: the float64 reference, shapes,
// work.
#pragma once

#include "cases/linear.h"
#include "cases/sum_of_products.h"
#include "cases/window.h"

namespace fsd::testing {

// The names of the tensors of a case.
struct Adjoint {
    std::string d_result, filter, output;
};

// output = factor * what the windows of a convolution send back.
inline void convolution_adjoint(Problem &problem, const Adjoint &names, double factor) {
    const Values &filter = problem[names.filter], &d_result = problem[names.d_result];
    const int inputs = problem.extent("input"), outputs = problem.extent("output");
    SumOfProducts sum(problem, names.output,
                      {problem.extent("sample"), problem.extent("y"), problem.extent("x"), inputs});
    for_each_observation(
        problem, [&](int sample, int output_y, int output_x, int window_y, int window_x, int y, int x) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    sum.add(d_result(sample, output_y, output_x, o), filter(window_y, window_x, i, o), sample,
                            y, x, i);
                }
            }
        });
    sum.scale(factor);
}

// output = factor * sum over outputs of d_result filter.
inline void linear_adjoint(Problem &problem, const Adjoint &names, double factor) {
    const Values &filter = problem[names.filter], &d_result = problem[names.d_result];
    const int inputs = problem.extent("input"), samples = problem.extent("sample");
    SumOfProducts sum(problem, names.output, {samples, inputs});
    for (int sample = 0; sample < samples; sample++) {
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < problem.extent("output"); o++) {
                sum.add(d_result(sample, o), filter(i, o), sample, i);
            }
        }
    }
    sum.scale(factor);
}

inline Work convolution_adjoint_work(const Problem &problem, const Adjoint &names) {
    const auto elements =
        static_cast<double>(problem[names.filter].data.size() + problem[names.d_result].data.size());
    return {2 * multiplications(problem), 4 * elements};
}

inline Work linear_adjoint_work(const Problem &problem, const Adjoint &names) {
    const auto elements =
        static_cast<double>(problem[names.filter].data.size() + problem[names.d_result].data.size() +
                            static_cast<std::size_t>(problem.extent("input")) * problem.extent("sample"));
    return {2 * multiplications_of_linear(problem), 4 * elements};
}

// And inputs and windows that send enough for each tile of a GPU, from outputs in whole vectors and not.
inline std::vector<Extents> convolution_adjoint_shapes() {
    std::vector<Extents> all = convolution_shapes();
    for (const ConvolutionShape &shape : {ConvolutionShape{2, 23, 40, 37, 8, 3, 3, 1, 1, 1, 1},
                                          {1, 41, 20, 70, 5, 2, 3, 1, 1, 0, 1},
                                          {5, 31, 30, 58, 4, 3, 3, 1, 1, 1, 1},
                                          {4, 29, 30, 67, 5, 3, 3, 1, 1, 1, 1}}) {
        all.push_back(extents_of(shape));
    }
    return all;
}

}  // namespace fsd::testing
