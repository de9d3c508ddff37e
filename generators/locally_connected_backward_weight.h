// Gradient of locally_connected with respect to its weights (MATH 2.5).
#pragma once

#include "generators/channel_map.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class LocallyConnectedBackwardWeight : public Operator<LocallyConnectedBackwardWeight> {
public:
    Input<Buffer<float, 4>> features{"features"};                // input, x, y, sample
    Input<Buffer<float, 4>> d_preactivation{"d_preactivation"};  // output, output_x, output_y, sample
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 6>> d_weight{"d_weight"};  // output, input, window_x, window_y, output_x, output_y

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, input{"input"}, window_x{"window_x"}, window_y{"window_y"};
    Halide::Var output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    Halide::RDom samples;
    ChannelMap map;                     // the features
    Halide::Func gradient{"gradient"};  // output, sample, output_x, output_y
    Halide::Func sum{"sum"};            // as d_weight
    Halide::Func sums{"sums"};          // the same
};

}  // namespace fsd
