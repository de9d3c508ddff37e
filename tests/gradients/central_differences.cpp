// The float64 references of the gradients against central differences of the references of the operators that
// they are the gradients of: kernels are checked against references elsewhere, references against calculus
// here.
#include "tests/gradients/gradient.h"
#include "tests/todays_turn.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;

namespace {

// The error of a central difference: step^2 / 6 third derivatives, and the rounding of the sum divided by the
// step; both below 1e-9 of the gradients here.
constexpr double step = 1e-5;
constexpr double tolerance = 1e-6;  // of the tensor's largest gradient
constexpr double rounding =
    1e-9;  // of a loss around 10, over the step: all that is left of a gradient that is 0

// Elements of an input that are varied, spread over the tensor.
constexpr std::size_t most_elements = 40;

// Gives each element a value of its own in the order in which they are, a hundred steps apart: around 0 but
// not at it, or from a half on, where the sum of a few is no small divisor.
void move_away(Values &values, Kink kink) {
    if (kink == Kink::none) {
        return;
    }
    std::vector<std::size_t> order(values.data.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values.data[a] < values.data[b]; });
    const std::size_t half = order.size() / 2;
    const auto middle = static_cast<double>(half);
    const double first = kink == Kink::zero ? 0.5 - middle : 0.5 / (100 * step);
    for (std::size_t rank = 0; rank < order.size(); rank++) {
        values.data[order[rank]] = 100 * step * (first + static_cast<double>(rank));
    }
}

// The inputs of the forward operator and the gradient with respect to its result.
Problem forward_problem(const Gradient &gradient, const Extents &shape) {
    Problem given = draw(case_of(gradient.backward), shape, 1);
    if (gradient.extend) {
        gradient.extend(given.extents);
    }
    Problem problem = draw(case_of(gradient.drawn), given.extents, 2);
    problem.extents.insert(given.extents.begin(), given.extents.end());
    for (const std::string &kept : {gradient.upstream, std::string("label")}) {
        if (given.tensors.count(kept) != 0) {
            problem.tensors[kept] = given[kept];
        }
    }
    move_away(problem.tensors.at(gradient.input), gradient.kink);
    return problem;
}

// sum upstream * result, or sum result where the loss itself is the result.
double loss(const Gradient &gradient, Problem problem) {
    gradient.forward(problem);
    const std::vector<double> &result = problem[gradient.result].data;
    if (gradient.upstream.empty()) {
        return std::accumulate(result.begin(), result.end(), 0.);
    }
    const std::vector<double> &upstream = problem[gradient.upstream].data;
    REQUIRE(upstream.size() == result.size());
    return std::inner_product(result.begin(), result.end(), upstream.begin(), 0.);
}

double central_difference(const Gradient &gradient, Problem &problem, std::size_t element) {
    const auto loss_at = [&](double value) {
        std::vector<double> &input = problem.tensors.at(gradient.input).data;
        const double kept = input[element];
        input[element] = value;
        const double found = loss(gradient, problem);
        input[element] = kept;
        return found;
    };
    const double value = problem[gradient.input].data[element];
    return (loss_at(value + step) - loss_at(value - step)) / (2 * step);
}

// What the backward reference says, given what the forward reference left.
std::vector<double> backward(const Gradient &gradient, Problem problem) {
    gradient.forward(problem);
    problem.scalars.insert(case_of(gradient.backward).scalars.begin(),
                           case_of(gradient.backward).scalars.end());
    case_of(gradient.backward).reference(problem);
    return problem[gradient.output].data;
}

void check(const Gradient &gradient, const Extents &shape) {
    Problem problem = forward_problem(gradient, shape);
    const std::vector<double> expected = backward(gradient, problem);
    REQUIRE(expected.size() == problem[gradient.input].data.size());
    double largest = 0;
    for (const double value : expected) {
        largest = std::max(largest, std::fabs(value));
    }
    const std::size_t stride = expected.size() / most_elements + 1;
    for (std::size_t element = 0; element < expected.size(); element += stride) {
        INFO("element " << element << " of " << to_string(problem[gradient.input].shape));
        const double found = central_difference(gradient, problem, element);
        REQUIRE(std::fabs(found - expected[element]) <= tolerance * largest + rounding);
    }
}

}  // namespace

TEST_CASE("the references of the gradients are the derivatives of the references", "[gradients][rotates]") {
    std::size_t number = 0;
    for (const Gradient &gradient : gradients()) {
        for (const Extents &shape : case_of(gradient.backward).shapes) {
            if (!todays_turn(number++)) {
                continue;
            }
            INFO(gradient.backward);
            check(gradient, shape);
        }
    }
}

TEST_CASE("no gradient is left out", "[gradients][rotates]") {
    for (const Case &described : cases()) {
        if (described.op.find("_backward") != std::string::npos) {
            INFO(described.op);
            REQUIRE(std::any_of(gradients().begin(), gradients().end(),
                                [&](const Gradient &gradient) { return gradient.backward == described.op; }));
        }
    }
}
