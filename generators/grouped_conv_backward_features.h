// Gradient of grouped_conv with respect to its features (MATH 2.5).
#pragma once

#include "generators/grouped_sums.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class GroupedConvBackwardFeatures : public Operator<GroupedConvBackwardFeatures> {
public:
    Input<Buffer<float, 4>> d_preactivation{"d_preactivation"};  // output, output_x, output_y, sample
    Input<Buffer<float, 4>> weight{"weight"};                    // output, group_input, window_x, window_y
    Input<int> groups{"groups"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> d_features{"d_features"};  // input, x, y, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var input{"input"}, x{"x"}, y{"y"}, sample{"sample"};
    GroupedSums grouped;
};

}  // namespace fsd
