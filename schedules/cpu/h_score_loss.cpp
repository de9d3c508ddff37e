// CPU schedule of h_score_loss: stage by stage, vectors along the classes. A batch of 50 samples and 10
// classes is 2 KB and takes a few microseconds, less than waking a thread.
#include "generators/h_score_loss.h"

void fsd::HScoreLoss::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    for (Halide::Func sum : {share, mean}) {
        sum.compute_root().vectorize(clas, vector, guard);
        sum.update().reorder(clas, samples).vectorize(clas, vector, guard);
    }
    for (Halide::Func sum : {row_mean, largest, exponent_sum, square}) {
        sum.compute_root();
    }
    centered.compute_root().vectorize(clas, vector, guard);
    log_mean_posterior.compute_root().vectorize(clas, vector, guard);
    d_logits.vectorize(clas, vector, guard);
}
