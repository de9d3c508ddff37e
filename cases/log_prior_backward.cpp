// Case of log_prior_backward.
#include "cases/sum_of_products.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &d_log_evidence = problem["d_log_evidence"];
    SumOfProducts d_log_prior(problem, "d_log_prior", {problem.extent("output")});
    for (int site = 0; site < problem.extent("site"); site++) {
        for (int o = 0; o < problem.extent("output"); o++) {
            d_log_prior.add(d_log_evidence(site, o), 1, o);
        }
    }
    d_log_prior.scale(1);
}

const CaseOf log_prior_backward{{
    "log_prior_backward",
    {{"d_log_evidence", Domain::gradient}},
    {},
    {{{"site", 1}, {"output", 1}},
     {{"site", 7}, {"output", 2}},
     {{"site", 65}, {"output", 10}},
     {{"site", 64}, {"output", 16}},
     {{"site", 500}, {"output", 17}},
     {{"site", 129}, {"output", 33}},
     {{"site", 3}, {"output", 129}},
     {{"site", 2049}, {"output", 3}}},
    {{{"site", 28800}, {"output", 16}}, {{"site", 3200}, {"output", 32}}, {{"site", 50}, {"output", 10}}},
    reference,
    allowed_error,
    per_element("d_log_evidence", 1, 4),
}};

}  // namespace
}  // namespace fsd::testing
