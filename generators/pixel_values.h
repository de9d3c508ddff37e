// The input of networks of real numbers: an image's bytes, scaled and shifted per color (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

class PixelValues : public Operator<PixelValues> {
public:
    Input<Buffer<uint8_t, 4>> image{"image"};       // color, x, y, sample
    Input<Buffer<float, 1>> slope{"slope"};         // color
    Input<Buffer<float, 1>> offset{"offset"};       // color
    Output<Buffer<float, 4>> features{"features"};  // color, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var color{"color"}, x{"x"}, y{"y"}, sample{"sample"};
};

}  // namespace fsd
