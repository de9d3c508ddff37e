// joint_count(code, class) = the number of samples with this code and this label: exact below 2^53. A sample
// whose code or label is out of range counts nowhere.
#include "generators/joint_histogram.h"

#include "generators/start_at_zero.h"

namespace fsd {

void JointHistogram::generate() {
    start_at_zero({code, label, joint_count});
    label.dim(0).set_extent(code.dim(0).extent());
    samples = Halide::RDom(0, code.dim(0).extent(), "samples");
    const Expr x = code(samples), y = label(samples);
    samples.where(x >= 0 && x < codes && y >= 0 && y < classes);
    count(clas, value) = cast<double>(0.f);
    count(unsafe_promise_clamped(y, 0, classes - 1), unsafe_promise_clamped(x, 0, codes - 1)) +=
        cast<double>(1.f);
    joint_count(clas, value) = count(clas, value);

    code.set_estimates({{0, 60000}});
    label.set_estimates({{0, 60000}});
    codes.set_estimate(256);
    classes.set_estimate(10);
    joint_count.dim(0).set_extent(classes);
    joint_count.dim(1).set_extent(codes);
    joint_count.set_estimates({{0, 10}, {0, 256}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::JointHistogram, joint_histogram)
