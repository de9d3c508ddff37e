// Calls pooling kernels on small maps, for the tests of their laws.
#pragma once

#include "runtime/call.h"
#include "runtime/signature.h"

#include <cmath>
#include <random>

namespace fsd::testing {

struct Pool {
    int window_y, window_x, stride_y, stride_x;
};

// Widths for each variant of the kernels: single numbers, vectors of 4, one and several natural vectors, all
// with and without remainder. Windows with code of their own, and others.
constexpr int pooled_states[] = {1, 2, 3, 4, 7, 10, 16, 17, 33, 64};
constexpr Pool pools[] = {{2, 2, 2, 2}, {3, 3, 2, 2}, {2, 3, 1, 2}};

// A map [sample, y, x, states] of distributions; one in four has a state of probability zero.
inline Tensor random_distributions(int samples, int height, int width, int states, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    Tensor map = make_tensor<float>({samples, height, width, states});
    auto *row = static_cast<float *>(map.data());
    for (int site = 0; site < samples * height * width; site++, row += states) {
        double sum = 0;
        for (int state = 0; state < states; state++) {
            row[state] = std::exp(2 * normal(random));
        }
        if (states > 1 && random() % 4 == 0) {
            row[random() % states] = 0;
        }
        for (int state = 0; state < states; state++) {
            sum += row[state];
        }
        for (int state = 0; state < states; state++) {
            row[state] = static_cast<float>(row[state] / sum);
        }
    }
    return map;
}

inline float &at(Tensor &map, int y, int x, int state) {
    const int width = map.dim(1).extent(), states = map.dim(0).extent();
    return static_cast<float *>(map.data())[(y * width + x) * states + state];
}

// Runs one of the pooling operators on a dense map [sample, y, x, channel]. Operators over groups see one
// group.
inline Tensor pooled(const std::string &op, const Tensor &map, const Pool &pool) {
    const Signature &signature = signature_of(op);
    const ArgumentSignature &input = signature.arguments.front(), &output = signature.arguments.back();
    Shape shape = shape_of(map);
    const Shape pooled_shape = {shape[0], pool_positions(shape[1], pool.window_y, pool.stride_y),
                                pool_positions(shape[2], pool.window_x, pool.stride_x), shape[3]};
    Tensor result = make_tensor<float>(pooled_shape);
    const auto fitted = [](const Tensor &tensor, const ArgumentSignature &argument) {
        Shape with_group = shape_of(tensor);
        if (argument.axes.size() == 5) {
            with_group.insert(with_group.begin() + 3, 1);
        }
        return reshaped(tensor, with_group);
    };
    Call call(need_kernel(op, {"cpu"}));
    call.set(input.name, fitted(map, input)).set(output.name, fitted(result, output));
    call.set("pool_window_y", pool.window_y).set("pool_window_x", pool.window_x);
    call.set("pool_stride_y", pool.stride_y).set("pool_stride_x", pool.stride_x);
    call();
    return result;
}

inline const float *numbers(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

}  // namespace fsd::testing
