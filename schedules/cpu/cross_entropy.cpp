// CPU schedule of cross_entropy: a few thousand numbers; vectors along the classes.
#include "generators/cross_entropy.h"

void fsd::CrossEntropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    d_logits.vectorize(clas, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf);
}
