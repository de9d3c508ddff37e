// Gradient of locally_connected with respect to its features (MATH 2.5).
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/window.h"

namespace fsd {

class LocallyConnectedBackwardFeatures : public Operator<LocallyConnectedBackwardFeatures> {
public:
    Input<Buffer<float, 4>> d_preactivation{"d_preactivation"};  // output, output_x, output_y, sample
    Input<Buffer<float, 6>> weight{"weight"};  // output, input, window_x, window_y, output_x, output_y
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> d_features{"d_features"};  // input, x, y, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    void define_plainly(const WindowAxis &columns, const WindowAxis &rows);
    void define_lanes(const WindowAxis &columns, const WindowAxis &rows);

    Halide::Var input{"input"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::Var lane{"lane"};
    // Outputs are lanes + `lanes` times chunks, and the rest of them: chunk or rest, window_x, window_y.
    Halide::RDom chunks, rest, all_lanes;
    Halide::Func partial{"partial"};  // lane, input, x, y, sample
    Halide::Func sum{"sum"};          // input, x, y, sample
    Halide::Func sums{"sums"};        // the same; inputs and samples behind the last one repeat it
};

}  // namespace fsd
