// Two loops over the last steps (Nocedal 1980), and halving until the value falls enough.
#include "experiments/minimize.h"

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
    constexpr double enough = 1e-4, smallest_step = 1e-12;
    Vector gradient(start.size()), next_gradient(start.size());
    double value = objective(start, gradient);
    std::deque<Pair> pairs;
    for (int step = 0; step < most_steps && gradient.cwiseAbs().maxCoeff() > tolerance; step++) {
        Vector towards = direction(pairs, gradient);
        if (towards.dot(gradient) >= 0) {
            pairs.clear();
            towards = -gradient;
        }
        double length = 1;
        Vector next = start + towards;
        double next_value = objective(next, next_gradient);
        while (!(next_value <= value + enough * length * towards.dot(gradient)) && length > smallest_step) {
            length /= 2;
            next = start + length * towards;
            next_value = objective(next, next_gradient);
        }
        if (length <= smallest_step) {
            break;
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
