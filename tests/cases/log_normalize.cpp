// Case of log_normalize.
#include "tests/cases/case.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &logits = problem["logits"];
    Values &log_posterior = problem.output("log_posterior", logits.shape);
    const int states = problem.extent("state");
    for (std::size_t row = 0; row + states <= logits.data.size(); row += states) {
        const double peak = *std::max_element(&logits.data[row], &logits.data[row] + states);
        double mass = 0;
        for (int s = 0; s < states; s++) {
            mass += std::exp(logits.data[row + s] - peak);
        }
        for (int s = 0; s < states; s++) {
            log_posterior.data[row + s] = logits.data[row + s] - peak - std::log(mass);
        }
    }
}

// The difference to the peak is rounded once (half an epsilon of at most |expected| + log mass), the mass has
// a relative error of at most (2 + log2 S) eps from exp and pairwise partial sums, its logarithm 1 ULP, and
// the last subtraction half an epsilon of the result.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const double states = problem.extent("state");
    return epsilon * (1.5 * std::fabs(expected) + 2 * std::log(states) + std::log2(states) + 2);
}

Work work(const Problem &problem) {
    const double elements = static_cast<double>(problem["logits"].data.size());
    return {5 * elements, 8 * elements};
}

const CaseOf log_normalize{{
    "log_normalize",
    {{"logits", Domain::logits}},
    {},
    {
        {{"site", 1}, {"group", 1}, {"state", 1}},
        {{"site", 3}, {"group", 2}, {"state", 2}},
        {{"site", 5}, {"group", 1}, {"state", 10}},
        {{"site", 7}, {"group", 3}, {"state", 15}},
        {{"site", 2}, {"group", 2}, {"state", 16}},
        {{"site", 65}, {"group", 1}, {"state", 17}},
        {{"site", 11}, {"group", 1}, {"state", 31}},
        {{"site", 4}, {"group", 5}, {"state", 64}},
        {{"site", 1}, {"group", 1}, {"state", 1009}},
    },
    {
        {{"site", 4096}, {"group", 1}, {"state", 64}},
        {{"site", 65536}, {"group", 1}, {"state", 10}},
        {{"site", 262144}, {"group", 1}, {"state", 64}},
    },
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
