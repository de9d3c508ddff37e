// CPU schedule of squared_error: vectors along the numbers.
#include "generators/squared_error.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/vector_sum.h"

void fsd::SquaredError::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr count = prediction.dim(0).extent();
    Halide::RVar part{"part"};
    parallel_rows(loss, sample, count);
    sum.compute_at(loss, sample);
    sum_in_vectors(sum.update(), numbers, part, count, vector);
    d_prediction.vectorize(number, vector, Halide::TailStrategy::GuardWithIf);
    parallel_rows(d_prediction, sample, count);
}
