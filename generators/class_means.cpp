// class_unit_mean = sum x / N over the samples of the class, in their order and in float64; 0 for a class
// without samples. A sample whose label is no class counts nowhere.
#include "generators/class_means.h"

#include "generators/start_at_zero.h"
#include "generators/strict.h"

namespace fsd {

void ClassMeans::generate() {
    start_at_zero({samples, label, class_count, class_unit_mean});
    label.dim(0).set_extent(samples.dim(1).extent());
    all = Halide::RDom(0, samples.dim(1).extent(), "all");
    all.where(label(all) >= 0 && label(all) < classes);
    const Expr own = unsafe_promise_clamped(label(all), 0, classes - 1);
    const Expr zero = cast<double>(0.f), one = cast<double>(1.f);
    count(clas) = zero;
    count(own) += one;
    sum(unit, clas) = zero;
    sum(unit, own) = strict_sum(sum(unit, own), cast<double>(samples(unit, all)));
    class_count(clas) = count(clas);
    class_unit_mean(unit, clas) = sum(unit, clas) / max(count(clas), one);

    samples.set_estimates({{0, 512}, {0, 60000}});
    label.set_estimates({{0, 60000}});
    classes.set_estimate(10);
    class_count.dim(0).set_extent(classes);
    class_unit_mean.dim(0).set_extent(samples.dim(0).extent());
    class_unit_mean.dim(1).set_extent(classes);
    class_count.set_estimates({{0, 10}});
    class_unit_mean.set_estimates({{0, 512}, {0, 10}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ClassMeans, class_means)
