// CPU schedule of joint_histogram: one pass, as two samples may meet in one count. It reads 8 bytes per
// sample and adds one number; tables of a processor each would cost more than they save below a million
// samples.
#include "generators/joint_histogram.h"

void fsd::JointHistogram::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    count.compute_root().vectorize(clas, vector, guard);
    count.update().unscheduled();
    joint_count.vectorize(clas, vector, guard);
}
