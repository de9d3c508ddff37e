// Case of dependence_matrix.
#include "cases/error_bound.h"

#include <cmath>
#include <numeric>

namespace fsd::testing {
namespace {

// Rows are distributions; weights make them a joint one. From 3 rows on one of them is empty.
void weigh_rows(Problem &problem) {
    Values &joint = problem.tensors.at("joint_probability");
    const int rows = problem.extent("row"), columns = problem.extent("column");
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            joint(row, column) *= rows > 2 && row == 1 ? 0 : (1. + row % 4) / (2.5 * rows);
        }
    }
}

// Each sum has a rounding per term. P - px py cancels to within the roundings of px and py, the root keeps
// its digits, and the quotient cannot be larger than P / sqrt(px py) + sqrt(px py), whose parts are at most
// sqrt(largest sum) each.
void reference(Problem &problem) {
    const Values &joint = problem["joint_probability"];
    const int rows = problem.extent("row"), columns = problem.extent("column");
    Values &px = problem.output("row_probability", {rows});
    Values &py = problem.output("column_probability", {columns});
    Values &dependence = problem.output("dependence", {rows, columns});
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            px(row) += joint(row, column);
            py(column) += joint(row, column);
        }
    }
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            const double root = std::sqrt(px(row)) * std::sqrt(py(column));
            dependence(row, column) = root > 0 ? (joint(row, column) - px(row) * py(column)) / root : 0;
        }
    }
    const double total = std::accumulate(joint.data.begin(), joint.data.end(), 0.);
    allow_error(problem, (rows + columns + 8) * double_epsilon * std::max(1., total));
}

const CaseOf dependence_matrix{{
    "dependence_matrix",
    {{"joint_probability", Domain::probability}},
    {},
    {{{"row", 1}, {"column", 1}},
     {{"row", 8}, {"column", 6}},
     {{"row", 3}, {"column", 7}},
     {{"row", 16}, {"column", 8}},
     {{"row", 17}, {"column", 9}},
     {{"row", 256}, {"column", 100}}},
    {{{"row", 256}, {"column", 100}}},
    reference,
    allowed_error,
    per_element("joint_probability", 6, 16),
    weigh_rows,
}};

}  // namespace
}  // namespace fsd::testing
