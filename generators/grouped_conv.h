// The convolution of ordinary layers in groups of channels, depthwise convolution among them (MATH 2.5).
#pragma once

#include "generators/grouped_sums.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class GroupedConv : public Operator<GroupedConv> {
public:
    Input<Buffer<float, 4>> features{"features"};  // input, x, y, sample
    Input<Buffer<float, 4>> weight{"weight"};      // output, group_input, window_x, window_y
    Input<Buffer<float, 1>> bias{"bias"};          // output
    Input<int> groups{"groups"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> preactivation{"preactivation"};  // output, output_x, output_y, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    GroupedSums grouped;
};

}  // namespace fsd
