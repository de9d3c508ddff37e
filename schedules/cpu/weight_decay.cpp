// CPU schedule of weight_decay: memory-bound. No element is computed twice (no TailStrategy::ShiftInwards),
// so the output may lie in the input's memory.
#include "generators/weight_decay.h"

void fsd::WeightDecay::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    updated_parameter.vectorize(element, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf);
}
