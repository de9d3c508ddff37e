// Gradient of grouped_conv with respect to its weights (MATH 2.5).
#pragma once

#include "generators/channel_map.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class GroupedConvBackwardWeight : public Operator<GroupedConvBackwardWeight> {
public:
    Input<Buffer<float, 4>> features{"features"};                // input, x, y, sample
    Input<Buffer<float, 4>> d_preactivation{"d_preactivation"};  // output, output_x, output_y, sample
    Input<int> groups{"groups"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> d_weight{"d_weight"};  // output, group_input, window_x, window_y

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    void define_weights(const Expr &parts, const Expr &blocks);

    Halide::Var part{"part"}, from{"from"}, window_x{"window_x"}, window_y{"window_y"}, block{"block"};
    Halide::Expr are_depthwise;
    Halide::RDom channels, term;        // part, block; output_x, output_y, sample
    ChannelMap map;                     // the features
    Halide::Func gradient{"gradient"};  // output, output_x, output_y, sample
    Halide::Func sum{"sum"};            // part, from, window_x, window_y, block
};

}  // namespace fsd
