// The canonical dependence matrix of a joint distribution (arXiv 1905.06600; docs/analysis.md, Features).
#pragma once

#include "generators/operator.h"

namespace fsd {

class DependenceMatrix : public Operator<DependenceMatrix> {
public:
    Input<Buffer<double, 2>> joint_probability{"joint_probability"};     // column, row
    Output<Buffer<double, 1>> row_probability{"row_probability"};        // row
    Output<Buffer<double, 1>> column_probability{"column_probability"};  // column
    Output<Buffer<double, 2>> dependence{"dependence"};                  // column, row

    void generate();
    void schedule();

private:
    Halide::Var row{"row"}, column{"column"};
    Halide::RDom rows, columns;
    Halide::Func row_sum{"row_sum"}, column_sum{"column_sum"};      // row; column
    Halide::Func row_root{"row_root"}, column_root{"column_root"};  // row; column: square roots
};

}  // namespace fsd
