// Case of mutual_information.
#include "cases/rows.h"

namespace fsd::testing {
namespace {

// The sums are in order, in float64.
void reference(Problem &problem) {
    const Values &posterior = problem["posterior"];
    const int sites = problem.extent("site"), groups = problem.extent("group"),
              states = problem.extent("state");
    problem.output("information", {groups});
    problem.output("conditional_entropy", {groups});
    problem.output("marginal_entropy", {groups});
    for (int group = 0; group < groups; group++) {
        double conditional = 0, marginal = 0;
        for (int state = 0; state < states; state++) {
            double mean = 0;
            for (int site = 0; site < sites; site++) {
                const double h = posterior(site, group, state);
                mean += h / sites;
                conditional -= h > 0 ? h * std::log(h) / sites : 0;
            }
            marginal -= mean > 0 ? mean * std::log(mean) : 0;
        }
        problem.tensors["conditional_entropy"](group) = conditional;
        problem.tensors["marginal_entropy"](group) = marginal;
        problem.tensors["information"](group) = marginal - conditional;
    }
}

// Each float32 term of the conditional entropy has 1 ULP of the logarithm and half an epsilon of the product,
// all else is float64; the results are rounded once.
double tolerance(const Problem &problem, const std::string &output, double expected) {
    double conditional = 0;
    for (const double entropy : problem["conditional_entropy"].data) {
        conditional = std::max(conditional, entropy);
    }
    return epsilon * (0.5 * std::fabs(expected) + (output == "marginal_entropy" ? 0 : 1.5 * conditional)) +
           1e-15;
}

const CaseOf mutual_information{{
    "mutual_information",
    {{"posterior", Domain::probability}},
    {},
    [] {
        std::vector<Extents> shapes = row_shapes();
        shapes.push_back({{"site", 1023}, {"group", 1}, {"state", 5}});
        shapes.push_back({{"site", 1024}, {"group", 3}, {"state", 8}});
        shapes.push_back({{"site", 3000}, {"group", 2}, {"state", 16}});
        return shapes;
    }(),
    {
        {{"site", 28800}, {"group", 1}, {"state", 16}},
        {{"site", 1 << 18}, {"group", 1}, {"state", 64}},
    },
    reference,
    tolerance,
    per_element("posterior", 5, 4),
}};

}  // namespace
}  // namespace fsd::testing
