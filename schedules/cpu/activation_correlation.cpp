// CPU schedule of activation_correlation: means and variances in parts of the samples, then products in
// blocks, which are nearly all of the work.
#include "generators/activation_correlation.h"
#include "schedules/idioms/blocked_product.h"
#include "schedules/idioms/sample_mean.h"

void fsd::ActivationCorrelation::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    for (SampleMean *mean : {&teacher_mean, &student_mean, &teacher_square, &student_square}) {
        schedule_mean(*mean, vector);
    }
    schedule_product(product, false);
    teacher_deviation.vectorize(unit, vector, guard);
    student_deviation.vectorize(unit, vector, guard);
    correlation.vectorize(student, vector, guard).parallel(unit, 16, guard);
}
