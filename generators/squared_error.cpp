// loss = sum of (prediction - expected)^2 over the numbers of a sample, d_prediction = 2 (prediction -
// expected).
#include "generators/squared_error.h"

namespace fsd {

void SquaredError::generate() {
    const auto difference = [&](const Expr &n) { return prediction(n, sample) - expected(n, sample); };
    numbers = Halide::RDom(0, prediction.dim(0).extent(), "numbers");
    sum(sample) = 0.f;
    sum(sample) += difference(numbers) * difference(numbers);
    loss(sample) = sum(sample);
    d_prediction(number, sample) = 2.f * difference(number);

    prediction.dim(0).set_min(0);
    prediction.set_estimates({{0, 16}, {0, 50}});
    expected.set_estimates({{0, 16}, {0, 50}});
    loss.set_estimates({{0, 50}});
    d_prediction.set_estimates({{0, 16}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SquaredError, squared_error)
