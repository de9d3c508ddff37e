// CPU schedule of dependence_matrix: vectors along the columns; the sums of the rows, which vectors would
// have to add across their lanes, one by one. A table of 256 x 100 takes 50 microseconds, its decomposition a
// hundred times that.
#include "generators/dependence_matrix.h"

void fsd::DependenceMatrix::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    row_sum.compute_root();
    row_root.compute_root().vectorize(row, vector, guard);
    column_sum.compute_root().vectorize(column, vector, guard);
    column_sum.update().reorder(column, rows).vectorize(column, vector, guard);
    column_root.compute_root().vectorize(column, vector, guard);
    row_probability.vectorize(row, vector, guard);
    column_probability.vectorize(column, vector, guard);
    dependence.vectorize(column, vector, guard);
}
