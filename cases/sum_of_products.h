// The float64 reference of an operator that is a sum of products, with the bound of the kernel's error.
#pragma once

#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {

// Accumulates an output and what its rounding errors are relative to.
class SumOfProducts {
public:
    // `unit`: the epsilon of the type that the kernel computes in.
    SumOfProducts(Problem &problem, const std::string &output, const Shape &shape, double unit = epsilon)
        : problem_(problem),
          sum_(problem.output(output, shape)),
          magnitude_(shape),
          terms_(shape),
          unit_(unit) {}

    template<typename... Indices>
    void add(double a, double b, Indices... indices) {
        sum_(indices...) += a * b;
        magnitude_(indices...) += std::fabs(a * b);
        terms_(indices...) += 1;
    }

    // The same for a row of factors b and the elements from `indices` on: quick, for the gradients' tests run
    // references by the hundred.
    template<typename... Indices>
    void add_row(double a, const double *b, int count, Indices... indices) {
        const auto first = static_cast<std::size_t>(&sum_(indices...) - sum_.data.data());
        for (int i = 0; i < count; i++) {
            sum_.data[first + i] += a * b[i];
            magnitude_.data[first + i] += std::fabs(a * b[i]);
            terms_.data[first + i] += 1;
        }
    }

    // Adds a term to each element, the numbers of `terms` in turn.
    void add_to_each(const std::vector<double> &terms) {
        for (std::size_t i = 0; i < sum_.data.size(); i++) {
            sum_.data[i] += terms[i % terms.size()];
            magnitude_.data[i] += std::fabs(terms[i % terms.size()]);
            terms_.data[i] += 1;
        }
    }

    // Multiplies every sum and allows its error: a sum of K products, added in any order, has K roundings of
    // the products and K - 1 of the partial sums; each term passes at most K of them, each at most half an
    // epsilon of it. The product with the factor is one more.
    void scale(double factor) {
        for (std::size_t i = 0; i < sum_.data.size(); i++) {
            sum_.data[i] *= factor;
            const double roundings = terms_.data[i] + 1;
            allow_error(problem_, 0.5 * unit_ * roundings * std::fabs(factor) * magnitude_.data[i]);
        }
    }

private:
    Problem &problem_;
    Values &sum_;
    Values magnitude_, terms_;
    double unit_;
};

}  // namespace fsd::testing
