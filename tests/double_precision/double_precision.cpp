// What a case of a float64 kernel draws, and how closely it is compared.
#include "cases/compare.h"
#include "cases/sum_of_products.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

const SignatureOf signature{{
    "weighted_sum",
    "sum = weight sum_state values",
    {{"values", {"site", "state"}, "terms"}, {"weight", {}, "factor"}, {"sum", {"site"}, "of each row"}},
    nullptr,
}};

void reference(Problem &problem) {
    const Values &values = problem["values"];
    SumOfProducts sum(problem, "sum", {problem.extent("site")}, double_epsilon);
    for (int site = 0; site < problem.extent("site"); site++) {
        for (int state = 0; state < problem.extent("state"); state++) {
            sum.add(values(site, state), 1, site);
        }
    }
    sum.scale(problem.scalars.at("weight"));
}

const CaseOf weighted_sum{{
    "weighted_sum",
    {{"values", Domain::logits}},
    {{"weight", 1. / 3}},
    {{{"site", 5}, {"state", 17}}, {{"site", 1}, {"state", 1}}},
    {},
    reference,
    allowed_error,
    nullptr,
}};

double worst_ratio(Problem problem, Layout layout, double change) {
    Placement placement(need_kernel("weighted_sum", {"cpu"}), problem, layout);
    placement.call()();
    case_of("weighted_sum").reference(problem);
    for (double &value : problem.tensors.at("sum").data) {
        value *= 1 + change;
    }
    return compare(case_of("weighted_sum"), problem, placement).ratio;
}

}  // namespace

TEST_CASE("inputs of float64 kernels are drawn in float64", "[double_precision]") {
    const Problem problem = draw(case_of("weighted_sum"), case_of("weighted_sum").shapes[0], 1);
    for (const double value : problem["values"].data) {
        REQUIRE(value != static_cast<float>(value));
    }
}

TEST_CASE("float64 kernels are compared in epsilons of float64", "[double_precision]") {
    for (const Extents &extents : case_of("weighted_sum").shapes) {
        for (const Layout layout : {Layout::dense, Layout::padded}) {
            const Problem problem = draw(case_of("weighted_sum"), extents, 1);
            REQUIRE(worst_ratio(problem, layout, 0) <= 1);
            REQUIRE(worst_ratio(problem, layout, 1e-9) > 1);
        }
    }
}
