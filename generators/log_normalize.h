// Bayes' rule in the log domain: subtracts the log-evidence of each group of states (MATH 2.1).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class LogNormalize : public Operator<LogNormalize> {
public:
    Input<Buffer<float, 3>> logits{"logits"};                 // state, group, site
    Output<Buffer<float, 3>> log_posterior{"log_posterior"};  // state, group, site

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    static Expr are_long(const Expr &states) { return states > 32; }

    Halide::Var state{"state"}, group{"group"}, site{"site"};
    RowReduction peak{"peak"}, mass{"mass"};
    Halide::Func log_mass{"log_mass"};
};

}  // namespace fsd
