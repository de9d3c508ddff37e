// CPU schedule of adam: memory-bound, so the three outputs are computed in one loop. Each output reads, of
// what an output may overwrite, only its own input and those of the outputs behind it, and no element is
// computed twice (no TailStrategy::ShiftInwards): so the outputs may lie in the inputs' memory.
#include "generators/adam.h"

void fsd::Adam::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var lane{"lane"};
    for (Halide::Func output :
         {Halide::Func(updated_parameter), Halide::Func(updated_moment1), Halide::Func(updated_moment2)}) {
        output.split(element, element, lane, vector, Halide::TailStrategy::GuardWithIf).vectorize(lane);
    }
    updated_moment1.compute_with(updated_parameter, element);
    updated_moment2.compute_with(updated_moment1, element);
}
