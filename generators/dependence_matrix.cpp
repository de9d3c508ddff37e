// B = (P - px py) / sqrt(px py), which is P / sqrt(px py) - sqrt(px py) with the subtraction first: where the
// two are nearly independent it keeps the digits of P - px py. 0 where px or py is 0.
#include "generators/dependence_matrix.h"

#include "generators/start_at_zero.h"
#include "generators/strict.h"

namespace fsd {

void DependenceMatrix::generate() {
    start_at_zero({joint_probability, row_probability, column_probability, dependence});
    const Expr zero = cast<double>(0.f);
    columns = Halide::RDom(0, joint_probability.dim(0).extent(), "columns");
    rows = Halide::RDom(0, joint_probability.dim(1).extent(), "rows");
    row_sum(row) = zero;
    row_sum(row) = strict_sum(row_sum(row), joint_probability(columns, row));
    column_sum(column) = zero;
    column_sum(column) = strict_sum(column_sum(column), joint_probability(column, rows));
    row_root(row) = sqrt(row_sum(row));
    column_root(column) = sqrt(column_sum(column));

    row_probability(row) = row_sum(row);
    column_probability(column) = column_sum(column);
    const Expr root = row_root(row) * column_root(column);
    const Expr excess = strict_difference(joint_probability(column, row), row_sum(row) * column_sum(column));
    dependence(column, row) = select(strict_equal(root, zero), zero, strict_quotient(excess, root));

    joint_probability.set_estimates({{0, 100}, {0, 256}});
    row_probability.set_estimates({{0, 256}});
    column_probability.set_estimates({{0, 100}});
    dependence.set_estimates({{0, 100}, {0, 256}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::DependenceMatrix, dependence_matrix)
