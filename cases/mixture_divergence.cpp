// Case of mixture_divergence.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

double log_mixture(const Problem &problem, int pair, int point) {
    const int components = problem.extent("component");
    double peak = -1e300, mass = 0;
    const auto joint = [&](int component) {
        return problem["log_component"](pair, component, point) + problem["log_share"](pair, component);
    };
    for (int component = 0; component < components; component++) {
        peak = std::max(peak, joint(component));
    }
    for (int component = 0; component < components; component++) {
        mass += std::exp(joint(component) - peak);
    }
    return peak + std::log(mass);
}

// Each exponential and logarithm has 1 ULP; the relative error of an exponential is its argument's, too.
void reference(Problem &problem) {
    const int pairs = problem.extent("pair"), points = problem.extent("point");
    problem.output("divergence_from_mixture", {pairs});
    for (int pair = 0; pair < pairs; pair++) {
        double sum = 0, magnitude = 0;
        for (int point = 0; point < points; point++) {
            const double log_p = problem["log_density"](pair, point),
                         mixture = log_mixture(problem, pair, point);
            const double weight = points > 1 && (point == 0 || point == points - 1) ? 0.5 : 1;
            const double p = weight * std::exp(log_p), size = 1 + std::fabs(log_p) + std::fabs(mixture);
            sum += p == 0 ? 0 : p * (log_p - mixture);
            magnitude += p * size * (size + problem.extent("component"));
        }
        const double distance = problem["point_distance"](pair);
        problem.tensors.at("divergence_from_mixture")(pair) = distance * sum;
        allow_error(problem, distance * magnitude * (points + 4) * double_epsilon);
    }
}

// Densities of 0 at a point; a component that is 0 everywhere there.
void add_zeros(Problem &problem) {
    problem.tensors.at("log_density").data.back() = -HUGE_VAL;
    if (problem.extent("component") > 1) {
        problem.tensors.at("log_component").data.front() = -HUGE_VAL;
    }
}

Work work(const Problem &problem) {
    const double points = static_cast<double>(problem["log_density"].data.size()),
                 components = static_cast<double>(problem["log_component"].data.size());
    return {(exp_operations + 4) * components + (exp_operations + log_operations + 4) * points,
            8 * (points + components)};
}

const CaseOf mixture_divergence{{
    "mixture_divergence",
    {{"log_density", Domain::gradient},
     {"log_component", Domain::logits},
     {"log_share", Domain::log_probability},
     {"point_distance", Domain::positive}},
    {},
    {
        {{"pair", 1}, {"component", 1}, {"point", 1}},
        {{"pair", 3}, {"component", 2}, {"point", 7}},
        {{"pair", 2}, {"component", 9}, {"point", 64}},
        {{"pair", 5}, {"component", 3}, {"point", 65}},
        {{"pair", 1}, {"component", 1}, {"point", 401}},
    },
    {{{"pair", 100}, {"component", 9}, {"point", 4001}}},
    reference,
    allowed_error,
    work,
    add_zeros,
}};

}  // namespace
}  // namespace fsd::testing
