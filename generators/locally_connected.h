// The convolution of ordinary layers with weights of its own at each site (MATH 2.5).
#pragma once

#include "generators/channel_map.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class LocallyConnected : public Operator<LocallyConnected> {
public:
    Input<Buffer<float, 4>> features{"features"};  // input, x, y, sample
    Input<Buffer<float, 6>> weight{"weight"};      // output, input, window_x, window_y, output_x, output_y
    Input<Buffer<float, 3>> bias{"bias"};          // output, output_x, output_y
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
    Halide::RDom places;        // input, window_x, window_y
    ChannelMap map;             // the features
    Halide::Func sum{"sum"};    // output, output_x, output_y, sample
    Halide::Func sums{"sums"};  // the same; samples behind the last one repeat it
};

}  // namespace fsd
