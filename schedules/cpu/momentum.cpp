// CPU schedule of momentum: memory-bound, both outputs in one loop. The parameter is written before the
// velocity that it reads, and no element is computed twice (no TailStrategy::ShiftInwards): so the outputs
// may lie in the inputs' memory.
#include "generators/momentum.h"

void fsd::Momentum::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"};
    for (Halide::Func output : {Halide::Func(updated_parameter), Halide::Func(updated_velocity)}) {
        output.split(element, element, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
            .vectorize(lane);
    }
    updated_velocity.compute_with(updated_parameter, element);
}
