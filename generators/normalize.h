// Bayes' rule: each state's share of the mass of its group (MATH 2.1).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class Normalize : public Operator<Normalize> {
public:
    Input<Buffer<float, 3>> logits{"logits"};         // state, group, site
    Output<Buffer<float, 3>> posterior{"posterior"};  // state, group, site

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, site{"site"};
    RowReduction peak{"peak"}, mass{"mass"};
    Halide::Func weight{"weight"}, scale{"scale"};
};

}  // namespace fsd
