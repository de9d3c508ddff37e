// Two loops over the last steps (Nocedal 1980), and halving until the value falls enough.
#include "experiments/minimize.h"

#include <cmath>
#include <deque>

namespace fsd::experiments {
namespace {

using analysis::Vector;

constexpr std::size_t remembered = 12;

struct Pair {
    Vector step, change;  // of the place and of the gradient
    double product;
};

Vector direction(const std::deque<Pair> &pairs, const Vector &gradient) {
    Vector q = -gradient;
    std::vector<double> factors(pairs.size());
    for (std::size_t i = pairs.size(); i-- > 0;) {
        factors[i] = pairs[i].step.dot(q) / pairs[i].product;
        q -= factors[i] * pairs[i].change;
    }
    if (!pairs.empty()) {
        q *= pairs.back().product / pairs.back().change.squaredNorm();
    }
    for (std::size_t i = 0; i < pairs.size(); i++) {
        q += (factors[i] - pairs[i].change.dot(q) / pairs[i].product) * pairs[i].step;
    }
    return q;
}

}  // namespace

Vector minimize(const Objective &objective, Vector start, int most_steps, double tolerance) {
    constexpr double enough = 1e-4, smallest_step = 1e-12, first_move = 0.1;
    constexpr double rounding = 4e-16;  // of the value: less than that is no step back
    Vector gradient(start.size()), next_gradient(start.size());
    double value = objective(start, gradient);
    std::deque<Pair> pairs;
    for (int step = 0; step < most_steps && gradient.cwiseAbs().maxCoeff() > tolerance; step++) {
        Vector towards = direction(pairs, gradient);
        if (towards.dot(gradient) >= 0) {
            pairs.clear();
            towards = -gradient;
        }
        double length = pairs.empty() ? first_move / gradient.cwiseAbs().maxCoeff() : 1;
        const double shortest = smallest_step * length;
        Vector next = start + length * towards;
        double next_value = objective(next, next_gradient);
        const double slope = towards.dot(gradient), slack = rounding * std::fabs(value);
        while (!(next_value <= value + enough * length * slope + slack) && length > shortest) {
            length /= 2;
            next = start + length * towards;
            next_value = objective(next, next_gradient);
        }
        if (length <= shortest && pairs.empty()) {
            break;
        }
        if (length <= shortest) {  // what was remembered leads nowhere
            pairs.clear();
            continue;
        }
        const Pair pair{next - start, next_gradient - gradient, (next - start).dot(next_gradient - gradient)};
        if (pair.product > 0) {
            pairs.push_back(pair);
            if (pairs.size() > remembered) {
                pairs.pop_front();
            }
        }
        start = next;
        gradient = next_gradient;
        value = next_value;
    }
    return start;
}

}  // namespace fsd::experiments
