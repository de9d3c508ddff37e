// Gradient of the evidence with respect to the log-likelihoods of a convolution (MATH 2.4, R).
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/window.h"

namespace fsd {

class KldConvBackwardFilters : public Operator<KldConvBackwardFilters> {
public:
    Input<Buffer<float, 4>> probability{"probability"};        // input, x, y, sample
    Input<Buffer<float, 4>> d_log_evidence{"d_log_evidence"};  // output, output_x, output_y, sample
    Input<float> observations{"observations"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> d_log_likelihood{"d_log_likelihood"};  // output, input, window_x, window_y
    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    void define_plainly(const WindowAxis &columns, const WindowAxis &rows);
    void define_rows(const WindowAxis &columns, const WindowAxis &rows);

    Halide::Var output{"output"}, input{"input"}, window_x{"window_x"}, window_y{"window_y"};
    Halide::Var column{"column"}, y{"y"}, sample{"sample"};
    Halide::RDom site, term;
    // The map's rows, inputs side by side, with the unobserved border. A window's row is a run of columns.
    Halide::Func observed{"observed"};  // column = input + inputs * (x + padding), y + padding, sample
    Halide::Func gradient{"gradient"};  // output, output_x, output_y, sample
    Halide::Func sum{
        "sum"};  // output, column of the window, window_y; plain: output, input, window_x, window_y
};

}  // namespace fsd
